"""The one word a unit is given."""

import pytest

from reports.rules.engine import evaluate
from reports.rules.facts import AttendanceGroup, RuleFacts
from tests.reports.rules.make import (
    make_context,
    make_events,
    make_session,
    make_term,
    make_unit,
    verdict,
)

MONTHLY = "monthly_sessions"
JANUARY = make_session("01-05")


def standing(unit, as_of, *rules, **shared):
    return evaluate(unit, make_context(as_of, *rules, **shared)).standing


@pytest.mark.parametrize(("severity", "word"), [("required", "behind"), ("advisory", "attention")])
def test_a_miss_weighs_as_its_rule_does(severity, word):
    assert standing(make_unit(), "02-15", RuleFacts(MONTHLY, severity=severity)) == word


def test_nothing_due_is_not_applicable():
    assert standing(make_unit(), "02-15") == "not_applicable"
    waived = [f"{MONTHLY} 2026-{month:02d}" for month in range(1, 13)]
    assert standing(make_unit(waived=waived), "02-15", MONTHLY) == "not_applicable"


def test_a_warning_asks_for_attention():
    assert standing(make_unit(JANUARY), "02-20", MONTHLY) == "on_track"
    assert standing(make_unit(JANUARY), "02-21", MONTHLY) == "attention"


@pytest.mark.parametrize(
    ("session", "word"),
    [
        (make_session("02-03", "02-04 submit", "02-05 return"), "attention"),
        (make_session("02-03", "02-04 submit", "02-05 return", "02-06 submit"), "on_track"),
        (make_session("02-03", "02-04 submit", "02-05 return", form="adjacent"), "on_track"),
        (make_session("2025-12-03", "2025-12-05 return"), "on_track"),
        (make_session("02-11", "02-09 return"), "on_track"),  # still to come
    ],
)
def test_a_session_standing_returned_asks_for_attention(session, word):
    unit = make_unit(JANUARY, session)
    assert standing(unit, "02-10", RuleFacts("annual_sessions")) == word


@pytest.mark.parametrize(
    ("rules", "waived", "word"),
    [
        ((MONTHLY, "half_year_report"), [], "attention"),
        ((MONTHLY, "half_year_report"), ["half_year_report 2026"], "attention"),
        ((MONTHLY,), [], "on_track"),
        ((MONTHLY, RuleFacts("half_year_report", enabled=False)), [], "on_track"),
    ],
)
def test_a_document_standing_returned_counts_while_its_rule_applies(rules, waived, word):
    report = make_events("01-20 submit", "01-21 return")
    unit = make_unit(JANUARY, half_year_report=report, waived=waived)
    assert standing(unit, "02-10", *rules) == word


def test_results_come_in_the_order_of_the_rules():
    rules = (RuleFacts("annual_days"), RuleFacts("plan_filed", enabled=False), MONTHLY)
    results = evaluate(make_unit(), make_context("02-10", *rules)).results
    assert [result.period for result in results] == ["2026"] + [
        f"2026-{month:02d}" for month in range(1, 13)
    ]


@pytest.mark.parametrize(
    "key", ["annual_sessions", "attendance_rate", "speeches_per_member", "makeups_done"]
)
def test_a_yearly_rule_is_waived_whole_and_keeps_its_figure(key):
    absent = (AttendanceGroup("absent", number=3),)
    given = {"terms": (make_term("a"),)}
    held = make_session("01-05", attendance=absent)
    open_, waived = (
        verdict(make_unit(held, waived=waivers, **given), "2027-03-01", key)
        for waivers in ([], [f"{key} 2026"])
    )
    assert (open_.outcome, waived.outcome) == ("missed", "waived")
    assert waived.actual == open_.actual
