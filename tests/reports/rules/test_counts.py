"""Months, quarters, the year's sessions and days."""

import pytest

from tests.reports.rules.make import (
    day,
    judge,
    make_discussion,
    make_rule,
    make_session,
    make_unit,
    verdict,
)

ACCEPTED_ONLY = {"counted_statuses": frozenset({"accepted"})}


def march(unit, as_of, **shared):
    return judge(unit, as_of, "monthly_sessions", **shared)[2]


@pytest.mark.parametrize(
    ("as_of", "outcome"),
    [
        ("01-15", "pending"),
        ("03-23", "pending"),
        ("03-24", "at_risk"),
        ("03-31", "at_risk"),
        ("04-07", "at_risk"),
        ("04-08", "missed"),
    ],
)
def test_an_empty_month_goes_from_pending_to_missed(as_of, outcome):
    assert march(make_unit(), as_of).outcome == outcome


@pytest.mark.parametrize(
    ("steps", "as_of", "outcome"),
    [
        (["03-20 submit"], "04-08", "pending"),
        (["03-20 submit", "04-02 accept"], "04-08", "met"),
        (["03-20 submit", "04-02 return"], "04-08", "at_risk"),
        (["03-20 submit", "04-02 return"], "04-09", "at_risk"),
        (["03-20 submit", "04-02 return"], "04-10", "missed"),
        (["03-20 submit", "04-02 withdraw"], "04-08", "missed"),
        (["05-20 submit", "05-21 accept"], "06-01", "met"),
    ],
)
def test_a_settled_month_waits_for_the_county_or_a_correction(steps, as_of, outcome):
    unit = make_unit(make_session("03-20", *steps))
    assert march(unit, as_of, **ACCEPTED_ONLY).outcome == outcome


def test_waiting_and_correcting_sessions_complete_a_month_together():
    unit = make_unit(
        make_session("03-05", "03-05 submit", "03-06 accept"),
        make_session("03-12", "03-12 submit"),
        make_session("03-19", "03-19 submit", "04-07 return"),
    )
    rule = make_rule("monthly_sessions", required=3)
    assert judge(unit, "04-08", rule, **ACCEPTED_ONLY)[2].outcome == "at_risk"
    rule = make_rule("monthly_sessions", required=2)
    assert judge(unit, "04-08", rule, **ACCEPTED_ONLY)[2].outcome == "pending"
    rule = make_rule("monthly_sessions", required=4)
    assert judge(unit, "04-08", rule, **ACCEPTED_ONLY)[2].outcome == "missed"


def test_waiting_sessions_of_other_months_are_no_help():
    unit = make_unit(make_session("02-20", "02-20 submit"))
    assert march(unit, "04-08", **ACCEPTED_ONLY).outcome == "missed"


@pytest.mark.parametrize(
    ("established", "abolished", "march_outcome"),
    [
        ("03-01", "", "missed"),
        ("03-02", "", "not_applicable"),
        ("", "04-01", "missed"),
        ("", "03-31", "not_applicable"),
    ],
)
def test_only_a_full_month_is_due(established, abolished, march_outcome):
    unit = make_unit(
        established_on=day(established) if established else None,
        abolished_on=day(abolished) if abolished else None,
    )
    result = march(unit, "12-31")
    assert (result.outcome, result.actual is None) == (
        march_outcome,
        march_outcome == "not_applicable",
    )


def test_a_quarter_waits_only_for_discussions():
    lecture = make_session("02-10", "02-10 submit", form="lecture")
    talk = make_discussion("02-10", "02-10 submit")
    for session, outcome in ((lecture, "missed"), (talk, "pending")):
        result = judge(make_unit(session), "05-01", "quarterly_discussions", **ACCEPTED_ONLY)[0]
        assert result.outcome == outcome


@pytest.mark.parametrize(
    ("form", "speakers", "actual"),
    [
        ("discussion", "ab", 1),
        ("reading_class", "ab", 1),
        ("discussion", "aa", 0),
        ("discussion", "a", 0),
        ("lecture", "abc", 0),
        ("collective", "abc", 0),
        ("field", "abc", 0),
    ],
)
def test_a_discussion_needs_its_form_and_two_different_speakers(form, speakers, actual):
    session = make_discussion("02-10", speakers=speakers)._replace(form=form)
    assert judge(make_unit(session), "03-31", "quarterly_discussions")[0].actual == actual


@pytest.mark.parametrize(
    ("established", "abolished", "waived", "required"),
    [
        ("", "", [], 10),
        ("03-02", "", [], 8),  # 9 of 12 months
        ("", "09-10", [], 7),  # 8 of 12 months, 6.67 rounded up
        ("03-02", "09-10", [], 5),  # 5 of 12 months, 4.17 rounded up
        ("", "", ["monthly_sessions 2026-05"], 10),  # 9.17 rounded up
        ("", "", ["monthly_sessions 2026-05", "monthly_sessions 2026-06"], 9),
        ("", "", ["quarterly_discussions 2026-Q1"], 10),
        ("03-02", "", ["monthly_sessions 2026-01"], 8),  # a month not due anyway
    ],
)
def test_the_year_is_in_proportion_to_its_full_months(established, abolished, waived, required):
    unit = make_unit(
        waived=waived,
        established_on=day(established) if established else None,
        abolished_on=day(abolished) if abolished else None,
    )
    assert verdict(unit, "06-01", make_rule("annual_sessions", required=10)).required == required


def test_a_year_with_every_month_waived_is_not_applicable():
    waived = [f"monthly_sessions 2026-{month:02d}" for month in range(1, 13)]
    result = verdict(make_unit(waived=waived), "06-01", "annual_sessions")
    assert (result.outcome, result.required, result.actual) == ("not_applicable", None, None)


def test_sessions_of_a_partial_month_count_toward_the_year():
    unit = make_unit(make_session("03-20"), established_on=day("03-10"))
    assert verdict(unit, "06-01", "annual_sessions").actual == 1


def test_an_abolished_units_year_ends_the_day_before():
    unit = make_unit(abolished_on=day("09-10"))
    assert verdict(unit, "09-16", "annual_sessions").outcome == "at_risk"
    assert verdict(unit, "09-17", "annual_sessions").outcome == "missed"


def test_days_are_half_days_compared_exactly():
    rule = make_rule("annual_days", required=2)
    three = make_unit(make_session("02-02", half_days=3))
    four = make_unit(make_session("02-02", half_days=4))
    assert verdict(three, "06-01", rule).actual == 1.5
    assert [verdict(unit, "06-01", rule).outcome for unit in (three, four)] == ["pending", "met"]


def test_a_reading_class_belongs_to_its_first_day():
    unit = make_unit(make_session("01-30", end="02-03", form="reading_class", half_days=8))
    assert [result.actual for result in judge(unit, "03-01", "monthly_sessions")][:2] == [1, 0]


@pytest.mark.parametrize("on", ["2025-12-31", "2027-01-01"])
def test_sessions_of_another_year_are_another_years(on):
    unit = make_unit(make_session(on, end="2027-01-01", events=()))
    assert verdict(unit, "2027-01-08", "annual_sessions").actual == 0


def test_a_waiver_keeps_the_actual_figure():
    unit = make_unit(make_session("03-03"), waived=["monthly_sessions 2026-03"])
    result = march(unit, "12-31")
    assert (result.outcome, result.actual) == ("waived", 1)
