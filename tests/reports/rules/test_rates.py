"""Attendance and participation: whose rows, which fraction, what is still reachable."""

import pytest

from reports.rules.engine import evaluate
from reports.rules.facts import AttendanceGroup
from reports.rules.phrases import percent
from tests.reports.rules.make import (
    day,
    make_context,
    make_rule,
    make_session,
    make_term,
    make_unit,
    verdict,
)

ATTENDANCE = make_rule("attendance_rate", measure="attendance")
PARTICIPATION = make_rule("attendance_rate")


def attended(present, absent, **makeup):
    return (
        AttendanceGroup("present", number=present),
        AttendanceGroup("absent", number=absent, **makeup),
    )


@pytest.mark.parametrize(
    ("numerator", "base", "text"),
    [
        (89, 99, "89.90%"),
        (8996, 10000, "89.96%"),
        (1, 3, "33.33%"),
        (2, 3, "66.67%"),
        (1, 800, "0.13%"),
        (3, 3, "100.00%"),
        (0, 0, "—"),
    ],
)
def test_a_rate_prints_two_decimals_half_up(numerator, base, text):
    assert percent(numerator, base) == text


@pytest.mark.parametrize(
    ("status", "leave_kind", "rate"),
    [
        ("present", None, (10, 10)),
        ("late", None, (10, 10)),
        ("left_early", None, (10, 10)),
        ("absent", None, (9, 10)),
        ("leave", "sick", (9, 10)),
        ("leave", "maternity", (9, 9)),
        ("leave", "official_trip", (10, 10)),  # by this rule set's table
        ("leave", None, (9, 10)),
    ],
)
def test_what_a_row_counts_as(status, leave_kind, rate):
    rows = (AttendanceGroup("present", number=9), AttendanceGroup(status, leave_kind))
    table = {"sick": "absent", "maternity": "excluded", "official_trip": "present"}
    unit = make_unit(make_session("02-02", attendance=rows))
    assert verdict(unit, "03-01", ATTENDANCE, leave_counts_as=table).actual == rate


@pytest.mark.parametrize(
    ("rule", "as_of", "numerator"),
    [
        (ATTENDANCE, "03-10", 8),
        (PARTICIPATION, "03-09", 8),
        (PARTICIPATION, "03-10", 10),
    ],
)
def test_a_makeup_counts_from_its_confirmation_for_participation(rule, as_of, numerator):
    rows = attended(8, 2, makeup_date=day("02-20"), makeup_confirmed_on=day("03-10"))
    unit = make_unit(make_session("02-02", attendance=rows))
    assert verdict(unit, as_of, rule).actual == (numerator, 10)


def test_a_makeup_on_a_row_that_is_not_absent_is_ignored():
    row = AttendanceGroup("leave", "maternity", day("02-20"), day("02-20"))
    unit = make_unit(make_session("02-02", attendance=(*attended(9, 0), row)))
    evaluation = evaluate(unit, make_context("03-01", PARTICIPATION))
    assert evaluation.figures.made_up == 0
    assert evaluation.figures.excluded == 1


@pytest.mark.parametrize(
    ("sessions", "as_of", "outcome"),
    [
        (2, "06-30", "pending"),
        (3, "06-30", "at_risk"),
        (2, "12-31", "pending"),
        (2, "2027-01-01", "at_risk"),
        (2, "2027-01-07", "at_risk"),
        (2, "2027-01-08", "missed"),
    ],
)
def test_a_low_rate_is_no_warning_before_three_sessions(sessions, as_of, outcome):
    held = [make_session(f"0{month}-02", attendance=attended(8, 2)) for month in (2, 3, 4)]
    assert verdict(make_unit(*held[:sessions]), as_of, ATTENDANCE).outcome == outcome


@pytest.mark.parametrize(("present", "outcome"), [(90, "met"), (89, "pending")])
def test_the_threshold_itself_is_enough(present, outcome):
    unit = make_unit(make_session("02-02", attendance=attended(present, 100 - present)))
    assert verdict(unit, "03-01", ATTENDANCE).outcome == outcome


def test_without_a_base_there_is_no_rate():
    rows = (AttendanceGroup("leave", "maternity", number=3),)
    result = verdict(make_unit(make_session("02-02", attendance=rows)), "03-01", ATTENDANCE)
    assert (result.outcome, result.actual, result.reachable) == ("not_applicable", None, None)


@pytest.mark.parametrize(
    ("rule", "as_of", "reachable"),
    [
        (ATTENDANCE, "09-30", True),  # 10/20 and 3 months of 30: 100/110
        (ATTENDANCE, "10-31", False),  # 10/20 and 2 months of 30: 70/80
        (PARTICIPATION, "12-31", True),  # every open make-up confirmed
    ],
)
def test_reachable_asks_everybody_in_office_for_the_months_left(rule, as_of, reachable):
    terms = [make_term(f"p{number}") for number in range(30)]
    gone = [make_term("gone", end="05-01"), make_term("clerk", role="secretary")]
    held = make_session("02-02", attendance=attended(10, 10))
    unit = make_unit(held, terms=(*terms, *gone))
    assert verdict(unit, as_of, rule).reachable is reachable


def test_reachable_asks_nothing_of_a_waived_month():
    terms = tuple(make_term(f"p{number}") for number in range(30))
    held = make_session("02-02", attendance=attended(10, 10))
    unit = make_unit(held, terms=terms, waived=["monthly_sessions 2026-11"])
    assert verdict(unit, "09-30", ATTENDANCE).reachable is False
