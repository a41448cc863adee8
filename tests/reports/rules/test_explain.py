"""Verdicts in words: what is missing, until when, which rows counted and which did not."""

import json

import pytest

from reports.rules.engine import evaluate
from reports.rules.explain import explain
from reports.rules.facts import AttendanceGroup, RecordFacts, TopicFacts
from reports.rules.phrases import summarise
from reports.rules.words import AT_RISK, MISSED, PENDING
from tests.cases.loader import load_cases
from tests.reports.rules.make import (
    day,
    make_context,
    make_discussion,
    make_events,
    make_evidence,
    make_rule,
    make_session,
    make_term,
    make_unit,
)

ALL_CASES = load_cases()


def explained(unit, as_of, rule, place=0, **shared):
    context = make_context(as_of, rule, **shared)
    return explain(unit, context, evaluate(unit, context).results[place])


def reasons(rows):
    return [row.reason for row in rows]


@pytest.mark.parametrize("case", ALL_CASES, ids=lambda case: case.name)
def test_rows_counted_agree_with_every_figure(case):
    context, unit = case.context, case.unit
    counting = {"monthly_sessions", "quarterly_discussions", "annual_sessions", "required_topics"}
    for result in evaluate(unit, context).results:
        explanation = explain(unit, context, result)
        json.dumps(explanation.to_json())
        if result.rule in counting and result.actual is not None:
            assert len(explanation.rows.counted) == result.actual
        if result.rule.endswith("per_member") and result.actual is not None:
            assert reasons(explanation.rows.left_out).count("short_of_quota") == result.actual


@pytest.mark.parametrize("case", ALL_CASES, ids=lambda case: case.name)
def test_a_last_date_is_never_past_and_open_verdicts_say_what_to_do(case):
    context, unit = case.context, case.unit
    for result in evaluate(unit, context).results:
        explanation = explain(unit, context, result)
        assert explanation.last_date is None or explanation.last_date >= case.as_of
        assert bool(explanation.advice) is (result.outcome in {AT_RISK, PENDING, MISSED})
        assert explanation.summary == summarise(result, context, unit.topics)


@pytest.mark.parametrize(
    ("as_of", "summary", "last"),
    [
        (
            "02-10",
            "进行中：3月应学 1 次，已计 0 次，还差 1 次，最迟3月31日开展、4月7日报送",
            "03-31",
        ),
        ("04-01", "预警：3月应学 1 次，已计 0 次，还差 1 次，已开展的最迟4月7日报送", "04-07"),
        ("04-08", "未达标：3月应学 1 次，已计 0 次，还差 1 次，报送期限4月7日已过", ""),
    ],
)
def test_an_empty_month_in_one_line(as_of, summary, last):
    explanation = explained(make_unit(), as_of, "monthly_sessions", 2)
    assert explanation.summary == summary
    assert explanation.last_date == (day(last) if last else None)


def test_why_a_session_is_left_out_of_the_year():
    unit = make_unit(
        make_session("2025-12-31", end="01-02"),
        make_session("01-05"),
        make_session("01-12", form="adjacent"),
        make_session("02-02", "02-03 submit"),
        make_session("02-09", "02-10 submit", "02-11 accept"),
        make_session("02-16", "02-17 submit", "02-18 return"),
        make_session("02-17", "02-17 submit", "03-18 return"),
        make_session("03-02", "03-25 submit"),
        make_session("03-09", "03-09 submit", "03-09 accept", "03-10 file"),
        make_session("03-23"),
        make_session("11-02"),
        established_on=day("01-10"),
        abolished_on=day("11-01"),
    )
    accepted = frozenset({"accepted"})
    rows = explained(unit, "03-20", "annual_sessions", counted_statuses=accepted).rows
    assert [row.on for row in rows.counted] == [day("02-09")]
    assert reasons(rows.left_out) == [
        "other_year",
        "before_founding",
        "adjacent",
        "awaiting",
        "returned",
        "in_correction",
        "draft",
        "status_not_counted",
        "after_as_of",
        "after_abolition",
    ]


def test_why_a_session_is_no_discussion():
    unit = make_unit(
        make_discussion("01-05"),
        make_discussion("01-12", speakers="aa"),
        make_session("01-19", form="lecture"),
        make_session("01-26"),
    )
    rows = explained(unit, "02-10", "quarterly_discussions").rows
    assert reasons(rows.left_out) == [
        "not_enough_speakers",
        "lecture_is_no_discussion",
        "form_is_no_discussion",
    ]
    assert all(row.label for row in rows.left_out)


def test_a_returned_session_names_its_last_day():
    unit = make_unit(make_session("03-20", "03-20 submit", "04-02 return"))
    explanation = explained(unit, "04-08", "monthly_sessions", 2)
    assert explanation.last_date == day("04-09")
    assert "4月9日" in explanation.deadline


def test_a_returned_plan_names_the_date_it_can_keep():
    unit = make_unit(plan=make_events("01-20 submit", "02-02 return"))
    explanation = explained(unit, "02-05", "plan_filed")
    assert explanation.last_date == day("02-09")
    assert explanation.deadline == "已退回；2月9日（含当日）前重新报送的，仍按1月20日计。"
    assert reasons(explanation.rows.left_out) == ["no_longer_counts", "date_taken_off"]


def test_which_submission_gave_the_plan_its_date():
    steps = ("01-20 submit", "01-21 submit", "01-22 return", "01-23 submit", "01-26 file")
    rows = explained(make_unit(plan=make_events(*steps)), "01-25", "plan_filed").rows
    assert reasons(rows.counted) == ["counted", "corrected_in_time"]
    assert reasons(rows.left_out) == ["sent_again", "date_taken_off", "after_as_of"]


def test_the_rate_says_what_each_session_gave():
    rows = (
        AttendanceGroup("present", number=7),
        AttendanceGroup("absent", None, day("02-10"), day("02-10"), 2),
        AttendanceGroup("leave", "maternity"),
    )
    explanation = explained(
        make_unit(make_session("02-02", attendance=rows)), "03-01", "attendance_rate"
    )
    note = "应到 10 人，到会 7 人，不计入应到 1 人，补学 2 人"
    assert [row.note for row in explanation.rows.counted] == [note]
    assert explanation.actual == "目前：现为 100.00%（9/9 人次）。"


def test_who_is_short_of_a_quota_and_who_is_free():
    unit = make_unit(
        terms=(
            make_term("done"),
            make_term("short"),
            make_term("new", "12-01"),
            make_term("gone", end="03-01"),
            make_term("clerk", role="secretary"),
        ),
        records=(
            RecordFacts("done", "reflection", day("05-01")),
            RecordFacts("short", "reflection", day("12-30")),
        ),
    )
    rows = explained(unit, "12-10", "reflections_per_member").rows
    assert [(row.id, row.reason) for row in rows.left_out] == [
        ("short", "short_of_quota"),
        ("new", "short_service"),
        ("gone", "not_in_office"),
        ("clerk", "secretary_only"),
        ("short", "after_as_of"),
    ]


def test_a_file_names_what_it_lacks():
    unit = make_unit(make_session("03-02", evidence=make_evidence("03-03 minutes")))
    explanation = explained(unit, "03-08", "session_file")
    assert explanation.last_date == day("03-09")
    assert [row.note for row in explanation.rows.left_out] == ["缺签到表，期限3月9日，预警"]


def test_makeups_tell_unconfirmed_from_none():
    rows = (
        AttendanceGroup("absent", None, day("03-05"), None),
        AttendanceGroup("absent", number=2),
        AttendanceGroup("leave", "maternity", day("03-05"), day("03-05")),
    )
    unit = make_unit(make_session("03-02", attendance=rows))
    left_out = explained(unit, "03-10", "makeups_done").rows.left_out
    assert reasons(left_out) == ["makeup_unconfirmed", "not_made_up", "makeup_not_needed"]
    assert left_out[1].note == "2 人次，期限4月1日，进行中"


def test_a_topic_names_its_window():
    topic = TopicFacts(7, day("03-01"), day("04-30"))
    unit = make_unit(
        make_session("02-02", topics=(7,)), make_session("05-04", topics=(7,)), topics=(topic,)
    )
    explanation = explained(unit, "05-05", "required_topics")
    assert explanation.summary == "逾期完成：必学内容应在3月1日至4月30日学习 1 次，已计 1 次"
    assert reasons(explanation.rows.left_out) == ["before_topic"]
    assert reasons(explanation.rows.counted) == ["counted_late"]


def test_a_rate_out_of_reach_says_so():
    rows = (AttendanceGroup("present", number=1), AttendanceGroup("absent", number=99))
    held = [make_session(f"{month}-02", attendance=rows) for month in ("02", "03", "04")]
    unit = make_unit(*held, terms=(make_term("a"),))
    explanation = explained(unit, "11-30", make_rule("attendance_rate", measure="attendance"))
    assert "已无法达到标准" in explanation.reachable
    assert explanation.last_date is None


@pytest.mark.parametrize(
    ("measure", "how"), [("attendance", "且全员到会"), ("participation", "、全员到会并补学")]
)
def test_a_rate_within_reach_says_how(measure, how):
    rows = (AttendanceGroup("present", number=2), AttendanceGroup("absent", number=1))
    held = [make_session(f"{month}-02", attendance=rows) for month in ("02", "03", "04")]
    unit = make_unit(*held, terms=tuple(make_term(person) for person in "abcdef"))
    explanation = explained(unit, "04-30", make_rule("attendance_rate", measure=measure))
    assert explanation.reachable == f"余下各月按要求学习{how}，仍可达到标准。"
