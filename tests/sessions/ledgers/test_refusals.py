"""What cannot be right is refused, with its place, and nothing is written."""

from datetime import date

import pytest

from sessions.ledgers.importing import import_ledger
from sessions.models import Attendance, StudySession
from tests.sessions.ledgers.ledgers import (
    HEADER,
    MEMBERS,
    make_group,
    make_row,
    said,
    take,
    take_one,
)
from tests.units.imports.factories import make_entry, make_run, make_unit
from tests.units.spreadsheets.workbooks import make_workbooks
from units.models import Person
from units.spreadsheets.reader import read_workbook

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("changes", "column", "message"),
    [
        ({"学习时间": "三月初"}, "A", "“三月初”不是能识别的日期。"),
        ({"学习时间": None}, "A", "没有填日期。"),
        ({"学习时间": "2025年3月5日"}, "A", "日期是 2025 年，工作表写的是 2026 年。"),
        ({"学习主题": None}, "B", "没有填写。"),
        ({"学习形式": "座谈"}, "C", "“座谈”不是能识别的学习形式。"),
        ({"学习形式": None}, "C", "没有填写。"),
        ({"应到": "五"}, "E", "“五”不是整数。"),
        ({"会期（天）": 0.3}, "I", "“0.3”不是能识别的天数。"),
        ({"学习时间": "3月5日-6日", "会期（天）": 3}, "A", "会期 3 天，超过起止日期的 2 天。"),
        ({"半天数": 0}, "I", "半天数 0 不合情理。"),
        ({"半天数": 99999}, "I", "半天数 99999 不合情理。"),
        ({"缺席人员及原因": "周某（病假）"}, "G", "名册中没有“周某”。"),
        ({"重点发言人": "周某"}, "H", "名册中没有“周某”。"),
        ({"重点发言人": "王乙"}, "H", "“王乙”没有到会，不能登记发言。"),
        ({"缺席人员及原因": "王乙（病假）、王乙（事假）"}, "G", "“王乙”写了两次，原因不同。"),
        ({"重点发言人": "周" * 99}, "H", f"名册中没有“{'周' * 40}…”。"),
        ({"列席人数": "若干3人左右"}, "I", "“若干3人左右”不是整数。"),
    ],
)
def test_a_bad_cell_is_named(changes, column, message):
    report = take_one(make_group(), **changes)
    assert [(p.row, p.column, p.message) for p in report.problems] == [(3, column, message)]
    assert report.problems[0].advice
    assert not StudySession.objects.exists()


def test_what_bears_the_mark_of_a_classified_paper_does_not_come_in():
    report = take_one(make_group(), 学习主题="传达会议精神（机密★10年）")
    assert [(p.row, p.column) for p in report.problems] == [(3, "B")]
    assert "本平台为非涉密系统" in report.problems[0].message
    assert not StudySession.objects.exists()


def test_a_formula_without_a_result_is_refused_and_no_blank():
    report = take_one(make_group(), 缺席人员及原因="=A1&B1")
    assert [(p.row, p.column, p.message) for p in report.problems] == [
        (3, "G", "公式没有结果或出错（#公式无结果）。")
    ]


def test_counts_that_disagree_name_the_difference():
    (due,) = said(take_one(make_group(), 应到=7))
    assert "应到填 7 人，2026-03-05 名册应到 5 人（多填 2 人）" in due
    assert "李甲、王乙、陈丙、赵丁、孙戊" in due


def test_attendance_that_disagrees_names_the_absentees():
    (present,) = said(take_one(make_group("QS002"), 实到=3))
    assert "实到填 3 人，按缺席名单实到 4 人（少填 1 人）；缺席：王乙。" in present


def test_near_names_are_suggested_and_nobody_is_invented():
    unit = make_unit()
    make_entry(unit, "欧阳修远")
    header = ["时间", "主题", "形式", "缺席人员"]
    report = take(unit, ["3月5日", "甲", "研讨", "欧阳修元"], header=header)
    assert report.problems[0].advice == "是不是“欧阳修远”？如果不是，请先在名册中登记。"
    assert Person.objects.count() == 1


def test_namesakes_are_asked_about_unless_told_apart():
    unit = make_group()
    make_entry(unit, "李甲", distinction="大", post="副镇长")
    header = ["时间", "主题", "形式", "缺席人员"]
    row = ["3月5日", "甲", "研讨", "李甲"]
    assert said(take(unit, row, header=header)) == [
        "2026-03-05 名册中有 2 位“李甲”，不知道是哪一位。"
    ]
    row[-1] = "李甲（副镇长）"
    assert take(unit, row, header=header).problems == []


def test_somebody_no_longer_in_office_is_named_with_the_term():
    unit = make_group()
    make_entry(unit, "吴己", end=date(2026, 1, 1))
    report = take_one(unit, 缺席人员及原因="吴己（病假）")
    assert said(report) == ["“吴己”在 2026-03-05 不在任。"]
    assert "2024-03-01 到 2026-01-01" in report.problems[0].advice


def test_who_leaves_on_the_day_is_not_due():
    unit = make_group()
    make_entry(unit, "吴己", end=date(2026, 3, 5))
    make_entry(unit, "郑庚", start=date(2026, 3, 5))
    assert take_one(unit, 应到=6, 实到=5).problems == []
    assert StudySession.objects.get().attendance.count() == 6


def test_a_secretary_is_never_due():
    unit = make_group()
    make_entry(unit, "吴己", role="secretary")
    header = ["时间", "主题", "形式", "到会人员", "应到"]
    row = ["3月5日", "甲", "研讨", "、".join([*MEMBERS, "吴己"]), 5]
    assert take(unit, row, header=header).problems == []
    assert StudySession.objects.get().attendance.count() == 5


@pytest.mark.parametrize(
    ("here", "absent", "message"),
    [
        (
            "李甲、王乙、陈丙、赵丁、孙戊",
            "孙戊（病假）",
            "孙戊既写在到会人员里，又写在缺席人员里。",
        ),
        ("李甲、王乙、陈丙", "孙戊（病假）", "赵丁应到，却既不在到会人员里，也不在缺席人员里。"),
    ],
)
def test_both_lists_must_agree(here, absent, message):
    header = ["时间", "主题", "形式", "到会人员", "缺席人员及原因"]
    report = take(make_group(), ["3月5日", "甲", "研讨", here, absent], header=header)
    assert said(report) == [message]


@pytest.mark.parametrize(("typed", "present"), [(None, 0), ("无", 0), ("全体成员", 5)])
def test_a_blank_list_of_attendees_is_not_everybody(typed, present):
    header = ["时间", "主题", "形式", "到会人员"]
    report = take(make_group(), ["3月5日", "甲", "研讨", typed], header=header)
    assert said(report) == ([] if present else ["没有写明谁到会。"])
    assert Attendance.objects.filter(status="present").count() == present


def test_without_a_roster_the_row_says_so_once():
    report = take(make_unit(), make_row(), make_row(学习主题="学习党章"))
    assert [str(group) for group in report.groups()] == [
        "工作表“Sheet1”第 3–4 行 A 列“学习时间”（共 2 行）："
        "这一天名册中没有应到成员。请先登记名册。"
    ]


def test_the_same_wrong_name_is_one_line():
    rows = [make_row(学习主题=f"主题{n}", 重点发言人="周某") for n in range(30)]
    report = take(make_group(), *rows)
    assert len(report.problems) == 30
    assert [str(group) for group in report.groups()] == [
        "工作表“Sheet1”第 3–32 行 H 列“重点发言人”（共 30 行）："
        "名册中没有“周某”。请先在名册中登记，或改正姓名。"
    ]


def test_one_bad_row_keeps_the_good_ones_out_unless_wished_otherwise():
    unit = make_group()
    rows = make_row(), make_row(学习主题="甲", 重点发言人="周某")
    assert take(unit, *rows).written is False
    assert not StudySession.objects.exists()
    assert take(unit, *rows, run=make_run(only_good_rows=True)).written is True
    assert [session.theme for session in StudySession.objects.all()] == ["学习宪法"]


def test_the_same_session_twice_in_a_ledger():
    report = take(make_group(), make_row(), make_row())
    assert said(report) == ["与工作表“Sheet1”第 3 行是同一次学习（时间、主题、形式都相同）。"]


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"实到": 5, "缺席人员及原因": "无"}, "出勤"),
        ({"缺席人员及原因": "王乙（事假）"}, "出勤"),
        ({"重点发言人": "陈丙"}, "发言人"),
        ({"主持人": "陈丙"}, "主持人"),
        ({"学习形式": "集中学习"}, "学习形式"),
        ({"会期": 1}, "会期"),
        ({"会期": 2}, "结束日期、会期"),
        ({"列席人数": 3}, "列席人数"),
    ],
)
def test_a_session_on_record_that_differs_is_refused(changes, what):
    unit = make_group()
    take_one(unit)
    report = take_one(unit, **changes)
    assert said(report) == [f"系统里已有这一天、这个主题的学习，但{what}不同。"]
    assert StudySession.objects.count() == 1


def test_the_same_theme_in_two_forms_on_one_day_is_two_sessions():
    unit = make_group()
    take_one(unit)
    report = take(unit, make_row(), make_row(学习形式="专题讲座"))
    assert (report.created, report.unchanged, report.problems) == (1, 1, [])


def test_a_ledger_without_any_attendance_column():
    report = take(make_group(), ["3月5日", "甲", "研讨"], header=["时间", "主题", "形式"])
    assert said(report) == ["表头中没有出勤情况的列。"]


def test_a_missing_column_does_not_hide_what_other_sheets_have():
    good, bad = [HEADER, make_row()], [HEADER[1:], make_row(重点发言人="周某")[1:]]
    worse = [HEADER, make_row(重点发言人="吴某")]
    data = make_workbooks({"一季度": good, "二季度": bad, "三季度": worse, "照片": [["无"]]})
    report = import_ledger(sheets=read_workbook(data), unit=make_group(), run=make_run())
    assert [(p.sheet, p.row) for p in report.problems] == [("二季度", 1), ("三季度", 2)]
    assert report.ignored_sheets == ["照片"]


def test_a_roster_sheet_is_taken_along_only_if_wished():
    people = [
        ["姓名", "中心组职务", "任职起"],
        *([name, "成员", date(2024, 3, 1)] for name in MEMBERS),
    ]
    data = make_workbooks({"台账": [HEADER, make_row()], "成员": people})
    sheets, unit = read_workbook(data), make_unit()
    alone = import_ledger(sheets=sheets, unit=unit, run=make_run())
    assert (alone.ignored_sheets, len(alone.problems)) == (["成员"], 1)
    both = import_ledger(sheets=sheets, unit=unit, run=make_run(), with_roster=True)
    assert (both.problems, both.created) == ([], 1)
    assert both.roster
    assert both.roster.created == 5


def test_a_bad_ledger_leaves_its_roster_out_too():
    people = [["姓名", "任职起"], *([name, date(2024, 3, 1)] for name in MEMBERS)]
    data = make_workbooks({"台账": [HEADER, make_row(重点发言人="周某")], "成员": people})
    import_ledger(sheets=read_workbook(data), unit=make_unit(), run=make_run(), with_roster=True)
    assert not Person.objects.exists()


def test_ten_thousand_rows_with_37_bad_ones_are_reported_in_one_go():
    rows = [
        make_row(学习主题=f"主题{n}", 重点发言人="周某" if n % 270 == 0 else None)
        for n in range(1, 10_001)
    ]
    report = take(make_group(), *rows)
    assert (report.read, len(report.problems), len(report.groups())) == (10_000, 37, 1)
    assert [problem.row for problem in report.problems] == [270 * n + 2 for n in range(1, 38)]
    assert not StudySession.objects.exists()


@pytest.mark.parametrize("typed", ["2026年11月3日", "2026年11月2日-3日"])
def test_a_day_after_the_import_is_refused_and_its_own_day_is_not(typed):
    unit = make_group()
    report = take_one(unit, 学习时间=typed)
    assert said(report) == ["日期在今天（2026-11-02）之后。"]
    assert report.problems[0].column == "A"
    assert take_one(unit, 学习时间="2026年11月2日").written
