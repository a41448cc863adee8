import pytest

from accounts.models import AuditEvent
from tests.units.imports.factories import make_category, make_run, make_unit
from tests.units.spreadsheets.workbooks import make_workbook
from units.imports.units import import_units
from units.models import Category, Unit, UnitName
from units.spreadsheets.reader import read_workbook

pytestmark = pytest.mark.django_db

HEADER = ["单位编码", "单位名称", "类别", "党组织形式", "上级单位"]
TOWN = ["QS001", "青石县甲镇", "乡镇", "党委", None]


@pytest.fixture(autouse=True)
def _category():
    make_category()


def take(*rows, header=HEADER, run=None, **kwargs):
    sheets = read_workbook(make_workbook([["青石县单位名单"], header, *rows]))
    return import_units(sheets=sheets, run=run or make_run(), **kwargs)


def said(report):
    return [problem.message for problem in report.problems]


def test_units_come_in_with_name_and_order():
    report = take(TOWN, ["QS002", "青石县乙镇", "township", "党委", None])
    assert (report.read, report.created, report.problems) == (2, 2, [])
    unit = Unit.objects.get(code="QS002")
    assert (unit.path, unit.rank_order, unit.party_body) == ("QS002/", 2, "committee")
    assert UnitName.objects.get(unit=unit).name == "青石县乙镇"


def test_a_parent_may_stand_below_its_children_and_be_named():
    report = take([*TOWN[:4], "青石县"], ["QS", "青石县", "乡镇", "党委", None])
    assert report.problems == []
    assert Unit.objects.get(code="QS001").path == "QS/QS001/"


@pytest.mark.parametrize(("roots", "path"), [(1, "XC/QS001/"), (0, "QS001/"), (2, "QS001/")])
def test_who_names_no_superior_stands_under_the_department(roots, path):
    for code in ("XC", "YC")[:roots]:
        Unit.objects.create(
            code=code,
            category=Category.objects.get(),
            party_body="committee",
            path=f"{code}/",
            has_group=False,
        )
    assert take(TOWN).problems == []
    assert Unit.objects.get(code="QS001").path == path
    assert take(TOWN).unchanged == 1


def test_the_second_time_adds_nothing():
    take(TOWN)
    report = take(TOWN)
    assert (report.created, report.unchanged, report.problems) == (0, 1, [])
    assert Unit.objects.count() == 1


def test_a_unit_that_differs_is_named_with_what_differs():
    take(TOWN)
    report = take(["QS001", "青石县丙镇", "乡镇", "党组", None])
    assert said(report) == ["单位 QS001 已存在，但单位名称、党组织形式不同。"]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ([None, "甲镇", "乡镇", "党委", None], "没有填写。"),
        (["QS001", "甲镇", "乡", "党委", None], "没有“乡”这个单位类别。"),
        (["QS001", "甲镇", "乡镇", "委员会", None], "“委员会”不在可选内容中。"),
        (["QS/1", "甲镇", "乡镇", "党委", None], "编码里不能有空格和斜线。"),
        (["QS001", "甲" * 101, "乡镇", "党委", None], "超过 100 个字。"),
        (["QS001", "甲镇", "乡镇", "党委", "无此县"], "没有上级单位“无此县”，或上级单位本身有误。"),
    ],
)
def test_wrong_rows_are_refused_and_nothing_is_written(row, message):
    report = take(["QS009", "好镇", "乡镇", "党委", None], row)
    assert said(report) == [message]
    assert (report.written, Unit.objects.count()) == (False, 0)


def test_codes_and_names_are_unique():
    report = take(TOWN, TOWN, ["QS003", "青石县甲镇", "乡镇", "党委", None])
    assert said(report) == ["编码与第 3 行重复。", "已有同名单位，编码是 QS001。"]


def test_codes_that_differ_in_case_alone_are_refused():
    make_unit("QS001")
    report = take(["qs001", "青石县乙镇", "乡镇", "党委", None])
    assert said(report) == ["编码与“QS001”只有大小写不同。"]


def test_units_that_are_each_other_s_parents_are_refused():
    report = take(["A", "甲镇", "乡镇", "党委", "B"], ["B", "乙镇", "乡镇", "党委", "A"])
    assert [problem.row for problem in report.problems] == [3, 4]


def test_the_good_rows_alone_if_wished():
    report = take(TOWN, ["QS002", "乙镇", "乡", "党委", None], run=make_run(only_good_rows=True))
    assert (report.written, len(report.problems)) == (True, 1)
    assert list(Unit.objects.values_list("code", flat=True)) == ["QS001"]


def test_new_categories_only_on_request():
    row = ["QS001", "甲学校", "学校", "党委", None]
    assert said(take(row)) == ["没有“学校”这个单位类别。"]
    assert take(row, create_categories=True).problems == []
    assert Unit.objects.get().category == Category.objects.get(name="学校")


def test_a_dry_run_writes_nothing_not_even_the_trail():
    report = take(TOWN, run=make_run(dry_run=True))
    assert (report.created, report.written) == (1, False)
    assert not Unit.objects.exists()
    assert not AuditEvent.objects.exists()


def test_an_import_is_in_the_audit_trail():
    take(TOWN)
    event = AuditEvent.objects.get()
    assert (event.action, event.after["created"]) == ("import_units", 1)


def test_bad_addresses_and_lives_are_refused():
    report = take(
        [*TOWN, "no-address", "2026-05-01", "2026-04-01"],
        header=[*HEADER, "接收邮箱", "成立日期", "撤销日期"],
    )
    assert [problem.title for problem in report.problems] == ["接收邮箱", "撤销日期"]


def test_a_workbook_without_such_a_table_says_what_it_needs():
    report = import_units(sheets=read_workbook(make_workbook([["照片"]])), run=make_run())
    assert said(report) == ["没有找到单位名单的表头。"]


def test_a_missing_column_stops_the_sheet():
    make_unit()
    report = take(["QS002", "乙镇", "党委"], header=["编码", "全称", "党组织形式"])
    assert said(report) == ["表头缺少“单位类别”列。"]
