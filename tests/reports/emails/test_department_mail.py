import io

import pytest
from openpyxl import load_workbook

from tests.reports.emails.make import make_study, message_to, parsed, queue, texts
from units.models import Unit

pytestmark = pytest.mark.django_db


def test_the_department_reads_how_many_stand_where():
    queue(make_study(3))
    plain, html = texts(message_to("QS"))
    assert "未达标：3 个" in plain
    assert "合计：3 个" in plain
    assert "总体情况" in html


def test_units_behind_come_in_official_order_with_their_missing_items():
    queue(make_study(3))
    Unit.objects.filter(code="QS002").update(rank_order=0)
    plain, _ = texts(message_to("QS"))
    assert plain.index("◆ QS002单位") < plain.index("◆ QS001单位") < plain.index("◆ QS003单位")
    first = plain.partition("◆ QS001单位")[2].partition("◆")[0]
    assert "每月集中学习（5月）——未达标：5月应学 1 次，已计 0 次，还差 1 次" in first
    assert "年度计划报备" in first


def test_the_workbook_goes_with_it_under_its_chinese_name():
    queue(make_study())
    [file] = parsed(message_to("QS")).iter_attachments()
    assert file.get_filename() == "青石县集中学习情况汇总-2026-06.xlsx"
    assert file.get_content_type().endswith("spreadsheetml.sheet")
    book = load_workbook(io.BytesIO(file.get_content()))
    assert book.sheetnames[0] == "汇总表"
    assert book["汇总表"]["B4"].value == "QS001单位"


def test_too_large_a_workbook_is_named_not_attached(settings):
    settings.MAIL_ATTACHMENT_MAX_BYTES = 100
    queue(make_study())
    message = message_to("QS")
    assert list(parsed(message).iter_attachments()) == []
    assert "文件较大，请登录平台" in texts(message)[0]


def test_units_that_no_mail_reaches_are_named():
    root = make_study(2)
    Unit.objects.filter(code="QS002").update(email="")
    queue(root)
    plain, _ = texts(message_to("QS"))
    assert "没有可用的接收邮箱" in plain
    assert plain.index("QS002单位", plain.index("接收邮箱")) > 0


def test_no_person_is_named_in_the_text():
    queue(make_study())
    assert "成员0" not in "".join(texts(message_to("QS")))
