"""What a row means: duration, form, names, in ever other clothes."""

from datetime import date

import pytest

from sessions.models import Attendance, ReviewEvent, Speech, StudySession
from tests.sessions.ledgers.ledgers import (
    HEADER,
    MEMBERS,
    make_group,
    make_row,
    said,
    take,
    take_one,
)

# Once: it is cells that are read; what becomes of them every database is asked elsewhere.
pytestmark = [pytest.mark.django_db, pytest.mark.once]


def marks():
    return {
        name: (status, kind)
        for name, status, kind in Attendance.objects.values_list(
            "member__person__name", "status", "leave_kind"
        )
    }


def test_a_row_becomes_a_submitted_session():
    report = take_one(make_group())
    session = StudySession.objects.get()
    event = ReviewEvent.objects.get()
    assert (report.read, report.created, report.problems) == (1, 1, [])
    assert (session.status, session.source) == ("submitted", "imported")
    assert (event.session, event.kind, event.on) == (session, "submit", date(2026, 11, 2))


def test_everybody_due_has_exactly_one_mark():
    take_one(make_group())
    assert marks() == dict.fromkeys(MEMBERS, ("present", "")) | {"王乙": ("leave", "sick")}


def test_key_and_exchange_speakers():
    take_one(make_group(), 交流发言="李甲")
    speeches = Speech.objects.values_list("member__person__name", "kind").order_by("id")
    assert list(speeches) == [("陈丙", "key"), ("赵丁", "key"), ("李甲", "exchange")]


@pytest.mark.parametrize(
    ("changes", "end", "half_days"),
    [
        ({}, 5, 1),
        ({"会期（天）": 0.5}, 5, 1),
        ({"会期": 1}, 5, 2),
        ({"会期（天）": "2天"}, 6, 4),
        ({"会期（天）": 1.5}, 6, 3),
        ({"半天数": 3}, 6, 3),
        ({"学习时间": "3月5日-7日"}, 7, 6),
        ({"学习时间": "3月5日下午"}, 5, 1),
        ({"学习时间": "3月5日全天"}, 5, 2),
        ({"学习时间": "3月5日-7日", "会期（天）": 2.5}, 7, 5),
        ({"学习形式": "读书班（2天）"}, 6, 4),
        ({"学习形式": "读书班（共3天）"}, 7, 6),
        ({"学习形式": "读书班（一天半）"}, 6, 3),
        ({"学习主题": "全会精神读书班（2天）"}, 6, 4),
        ({"学习主题": "学习三天两夜的长征故事"}, 5, 1),
    ],
)
def test_durations(changes, end, half_days):
    assert take_one(make_group(), **changes).problems == []
    session = StudySession.objects.get()
    assert session.date == date(2026, 3, 5)
    assert (session.end_date, session.half_days) == (date(2026, 3, end), half_days)


def test_columns_in_any_order_under_other_names_and_in_full_width():
    unit = make_group()
    header = ["实到人数", "形式", "未到会人员及原因", "议题", "发言人", "主持", "应到人数", "日期"]
    row = ["４", "研讨", "王乙:病假", "学习宪法", "陈丙,赵丁", "李甲", "５人", "２０２６．３．５"]
    assert take(unit, row, header=header).problems == []
    session = StudySession.objects.get()
    assert (session.date, session.form, session.chair) == (date(2026, 3, 5), "discussion", "李甲")
    assert marks()["王乙"] == ("leave", "sick")


@pytest.mark.parametrize(
    "written",
    [
        "王乙（病假）",
        "王乙：病假",
        "王乙病假",
        "病假：王乙",
        "王　乙（病假）",
        "王乙同志（病假）",
        "1.王乙(病假)。",
        "1人（王乙病假）",
    ],
)
def test_an_absentee_in_any_writing(written):
    assert take_one(make_group(), 缺席人员及原因=written).problems == []
    assert marks()["王乙"] == ("leave", "sick")


def test_a_post_in_brackets_is_no_reason():
    take_one(make_group(), 缺席人员及原因="王乙（职务1）")
    assert marks()["王乙"] == ("absent", "")


def test_leave_and_absence_columns_together():
    take_one(
        make_group(), 请假人员="王乙（事假）", 缺席人员及原因="陈丙", 实到=3, 重点发言人="赵丁"
    )
    assert (marks()["王乙"], marks()["陈丙"]) == (("leave", "personal"), ("absent", ""))


def test_somebody_late_is_there():
    take_one(make_group(), 缺席人员及原因="王乙（迟到）", 实到=5)
    assert marks()["王乙"] == ("late", "")


@pytest.mark.parametrize("nobody", ["无", "—", None, "", "无人请假"])
def test_nobody_absent(nobody):
    assert take_one(make_group(), 缺席人员及原因=nobody, 实到=5).problems == []
    assert set(marks().values()) == {("present", "")}


@pytest.mark.parametrize("everybody", ["、".join(MEMBERS), "全体成员", " ".join(MEMBERS)])
def test_a_list_of_those_present(everybody):
    header = ["时间", "主题", "形式", "到会人员"]
    report = take(make_group(), ["3月5日", "学习宪法", "集中学习", everybody], header=header)
    assert report.problems == []
    assert set(marks().values()) == {("present", "")}


def test_whoever_is_not_on_the_only_list_was_absent():
    header = ["时间", "主题", "形式", "到会人员"]
    take(make_group(), ["3月5日", "学习宪法", "集中学习", "李甲、王乙、陈丙、赵丁"], header=header)
    assert marks()["孙戊"] == ("absent", "")


def test_somebody_named_as_late_among_those_present():
    header = ["时间", "主题", "形式", "到会人员"]
    everybody = "李甲、王乙（迟到）、陈丙（早退）、赵丁、孙戊（职务4）"
    assert take(make_group(), ["3月5日", "甲", "研讨", everybody], header=header).problems == []
    assert marks() == dict.fromkeys(MEMBERS, ("present", "")) | {
        "王乙": ("late", ""),
        "陈丙": ("left_early", ""),
    }


def test_guests_are_counted():
    take_one(make_group(), 列席人数="12人", 扩大人数=30, 旁听人员="甲某、乙某")
    session = StudySession.objects.get()
    assert (session.guests_attending, session.guests_expanded) == (12, 30)
    assert (session.guests_observing, session.guests) == (2, 44)


def test_a_chair_from_elsewhere_is_taken_as_text():
    take_one(make_group(), 主持人="周某某（县委宣传部）")
    assert StudySession.objects.get().chair == "周某某"


def test_theme_and_content_beside_each_other():
    take_one(make_group(), 学习内容="一、宪法序言\n二、总纲")
    session = StudySession.objects.get()
    assert (session.theme, session.content) == ("学习宪法", "一、宪法序言\n二、总纲")


def test_a_long_theme_is_kept_in_full_as_content():
    take_one(make_group(), 学习主题="学" * 300)
    session = StudySession.objects.get()
    assert (len(session.theme), session.content) == (200, "学" * 300)


def test_months_only_in_the_first_row_of_a_month():
    header = ["月份", "日期", "主题", "形式", "实到"]
    rows = [
        ["3月", "5日", "甲", "研讨", 5],
        [None, "12日", "乙", "研讨", 5],
        ["4月", "2日", "丙", "研讨", 5],
    ]
    assert take(make_group(), *rows, header=header).problems == []
    days = StudySession.objects.values_list("date", flat=True)
    assert list(days) == [date(2026, 3, 5), date(2026, 3, 12), date(2026, 4, 2)]


def test_totals_blank_rows_and_signatures_are_passed_over():
    report = take(
        make_group(),
        make_row(),
        [],
        ["合计", "共1次"],
        ["填表人：某某"],
        header=HEADER,
    )
    assert (report.read, report.problems) == (1, [])


def test_two_themes_on_one_day_are_two_sessions():
    report = take(make_group(), make_row(), make_row(学习主题="学习党章"))
    assert (report.created, report.problems) == (2, [])


def test_the_year_comes_from_the_import_where_the_sheet_names_none():
    unit = make_group()
    row = make_row(学习时间="3月5日")
    assert said(take(unit, row, title="学习台账")) == ["日期没有写年份，表里也没有说明是哪一年。"]
    assert take(unit, row, title="学习台账", year=2025).problems == []
    assert StudySession.objects.get().date == date(2025, 3, 5)
