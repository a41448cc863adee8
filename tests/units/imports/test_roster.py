from datetime import date

import pytest

from tests.units.imports.factories import START, make_entry, make_run, make_unit
from tests.units.spreadsheets.workbooks import make_workbook
from units.imports.roster import import_roster
from units.models import Person, RosterEntry
from units.spreadsheets.reader import read_workbook

pytestmark = pytest.mark.django_db

HEADER = ["序号", "姓名", "职务", "中心组职务", "任职起", "任职止"]


def take(*rows, header=HEADER, unit=None, run=None, **kwargs):
    sheets = read_workbook(make_workbook([["成员名单"], header, *rows]))
    return import_roster(sheets=sheets, run=run or make_run(), unit=unit, **kwargs)


def said(report):
    return [problem.message for problem in report.problems]


def test_people_and_terms_come_in():
    report = take([1, "李甲", "书记", "组长", START, None], unit=make_unit())
    entry = RosterEntry.objects.get()
    assert (report.created, report.problems) == (1, [])
    assert (entry.person.name, entry.role, entry.post) == ("李甲", "leader", "书记")
    assert (entry.start_date, entry.end_date, entry.rank_order) == (START, None, 1)


@pytest.mark.parametrize(
    ("word", "role"),
    [
        ("组 长", "leader"),
        ("副组长", "deputy"),
        ("成员", "member"),
        ("学习秘书", "secretary"),
        (None, "member"),
    ],
)
def test_roles(word, role):
    take([1, "李甲", None, word, "2024.3.1", None], unit=make_unit())
    assert RosterEntry.objects.get().role == role


def test_padded_names_are_one_name():
    take([1, "李　甲", None, "成员", START, None], unit=make_unit())
    assert Person.objects.get().name == "李甲"


def test_the_second_time_adds_nothing():
    unit = make_unit()
    take([1, "李甲", "书记", "组长", START, None], unit=unit)
    report = take([1, "李甲", "书记", "组长", START, None], unit=unit)
    assert (report.created, report.unchanged, report.problems) == (0, 1, [])
    assert RosterEntry.objects.count() == 1


CHARGED = [*HEADER, "分管工作"]


def test_what_somebody_is_in_charge_of_is_added_where_the_record_says_nothing():
    unit = make_unit()
    row = [1, "李甲", "书记", "组长", START, None]
    take(row, unit=unit)
    report = take([*row, "主持全面工作"], header=CHARGED, unit=unit)
    assert (report.created, report.unchanged, report.problems) == (0, 1, [])
    assert RosterEntry.objects.get().portfolio == "主持全面工作"


def test_what_the_record_says_somebody_is_in_charge_of_stands():
    unit = make_unit()
    row = [1, "李甲", "书记", "组长", START, None]
    take([*row, "主持全面工作"], header=CHARGED, unit=unit)
    report = take([*row, "分管农业"], header=CHARGED, unit=unit)
    assert said(report) == ["名册中已有“李甲”的这段任期，但分管工作不同。"]
    assert RosterEntry.objects.get().portfolio == "主持全面工作"


def test_two_terms_of_one_person_are_one_person():
    take(
        [1, "李甲", None, "成员", START, date(2025, 1, 1)],
        [1, "李甲", None, "副组长", date(2025, 6, 1), None],
        unit=make_unit(),
    )
    assert (Person.objects.count(), RosterEntry.objects.count()) == (1, 2)


@pytest.mark.parametrize(
    ("row", "column", "message"),
    [
        ([1, None, "镇长", "成员", START, None], "B", "没有填写。"),
        ([1, "李甲、王乙", None, "成员", START, None], "B", "一格里有几个名字。"),
        ([1, "李甲", None, "班长", START, None], "D", "“班长”不在可选内容中。"),
        ([1, "李甲", None, "成员", None, None], "E", "没有填任职起的日期。"),
        ([1, "李甲", None, "成员", "去年", None], "E", "“去年”不是能识别的日期。"),
        ([1, "李甲", None, "成员", START, START], "F", "任职止不晚于任职起。"),
    ],
)
def test_wrong_rows_name_their_cell(row, column, message):
    report = take([2, "王乙", None, "成员", START, None], row, unit=make_unit())
    assert [(p.row, p.column, p.message) for p in report.problems] == [(4, column, message)]
    assert not RosterEntry.objects.exists()


def test_namesakes_must_be_told_apart():
    unit = make_unit()
    rows = [1, "李甲", None, "成员", START, None], [2, "李甲", None, "成员", START, None]
    assert "任期重叠" in said(take(*rows, unit=unit))[0]
    header = [*HEADER, "同名区分"]
    report = take([*rows[0], "大"], [*rows[1], "小"], header=header, unit=unit)
    assert (report.problems, Person.objects.count()) == ([], 2)


def test_a_term_that_differs_or_overlaps_what_is_there_is_refused():
    unit = make_unit()
    make_entry(unit, "李甲")
    differing = take([1, "李甲", None, "成员", START, date(2026, 5, 1)], unit=unit)
    overlapping = take([1, "李甲", None, "副组长", date(2026, 1, 1), None], unit=unit)
    assert said(differing) == ["名册中已有“李甲”的这段任期，但任职止不同。"]
    assert "重叠" in said(overlapping)[0]


def test_a_roster_of_many_units():
    make_unit("A", "甲镇")
    make_unit("B", "乙镇")
    header = ["单位", "姓名", "任职起"]
    report = take(
        ["A", "李甲", START], ["乙镇", "王乙", START], ["丙镇", "陈丙", START], header=header
    )
    assert said(report) == ["没有单位“丙镇”。"]
    assert take(["A", "李甲", START], ["乙镇", "王乙", START], header=header).created == 2


def test_without_a_unit_the_row_must_say_it():
    assert said(take([1, "李甲", None, "成员", START, None])) == ["没有写单位。"]


def test_terms_may_begin_on_a_day_given_with_the_import():
    take([1, "李甲", None, "成员", None, None], unit=make_unit(), default_start=date(2026, 1, 1))
    assert RosterEntry.objects.get().start_date == date(2026, 1, 1)


def test_ten_thousand_rows_with_37_bad_ones_are_reported_in_one_go():
    make_unit("A", "甲镇")
    rows = [["A", f"成员{n}", None if n % 270 == 0 else START] for n in range(1, 10_001)]
    report = take(*rows, header=["单位编码", "姓名", "任职起"])
    assert report.read == 10_000
    assert [problem.row for problem in report.problems] == [270 * n + 2 for n in range(1, 38)]
    assert [str(group)[-30:] for group in report.groups()] == [
        "没有填任职起的日期。请补上，或在导入时指定（--roster-from）。"[-30:]
    ]
    assert not RosterEntry.objects.exists()
