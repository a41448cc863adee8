"""The Word file as LibreOffice prints it: head, sections in order, attachment on its side."""

import datetime as dt

import pytest

from reports.circulars.paper import circular_paper
from reports.circulars.reading import names_of, passages_of
from reports.models import CircularPassage
from tests.reports.circulars.make import NOW, make_circular, make_passage
from tests.reports.closings.make import make_study
from tests.services.papers import lines_of, pages_of, printed, size_of, text_of
from units.models import Unit

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def pdf(tmp_path):
    root = make_study()
    circular = make_circular(root, "issued", also_sent="县委办公室", sender="中共青石县委宣传部")
    units = tuple(Unit.objects.with_group())
    make_passage(circular, "practice", units[:1])
    make_passage(circular, "problem", problem="sessions", naming="all", title="", text="")
    make_passage(circular, "problem", units[1:], problem="shallow", title="", text="念稿多。")
    due = dt.date(2026, 8, 31)
    make_passage(circular, "requirement", title="补齐次数", text="逐月补上。", due=due)
    passages: list[CircularPassage] = passages_of(circular)
    return printed(circular_paper(circular, passages, names_of(circular), NOW), tmp_path)


def test_the_sections_stand_in_order(pdf):
    text = text_of(pdf)
    words = [
        "青宣通〔2026〕5号", "关于2026年学习情况的通报", "各单位：", "一、总体情况",
        "统计的单位2个", "二、好的做法", "（一）领导带头学", "QS001单位：书记带头领学。",
        "三、存在的问题",
        "（一）集中学习次数不足", "共2个单位：QS001单位、QS002单位。",
        "（二）研讨不深", "QS002单位。念稿多。",
        "四、下一步要求", "逐月补上。（2026年8月31日前完成）", "附件：2026年上半年",
        "中共青石县委宣传部", "2026年7月6日", "抄送：县委办公室", "不作排名",
    ]  # fmt: skip
    places = [text.find(word) for word in words]
    assert -1 not in places, words[places.index(-1)]
    assert places == sorted(places)


def test_the_attachment_lies_on_its_side_and_fits(pdf):
    pages = range(pages_of(pdf))
    wide = [page for page in pages if size_of(pdf, page)[0] > size_of(pdf, page)[1]]
    assert [round(side) for side in size_of(pdf, wide[0])] == [297, 210]
    assert wide == list(pages)[-len(wide) :] != list(pages)
    lines = [line for page in wide for line in lines_of(pdf, page)]
    assert max(line.right for line in lines) <= (297 - 35) / 25.4 * 72 + 1
    assert sum("QS00" in line.text for line in lines) == 2
