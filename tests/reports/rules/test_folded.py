"""Occurrences: reports, make-ups, session files."""

import pytest

from reports.rules.facts import AttendanceGroup
from tests.reports.rules.make import (
    day,
    make_evidence,
    make_rule,
    make_session,
    make_unit,
    verdict,
)


def found(result):
    return result.outcome, result.actual, result.counts


@pytest.mark.parametrize(
    ("steps", "as_of", "outcome"),
    [
        (["03-09 submit"], "04-01", "met"),
        (["03-10 submit"], "04-01", "met_late"),
        (["03-02 submit", "03-03 return", "03-30 submit"], "04-01", "met"),
        (["03-02 submit", "03-03 withdraw"], "04-01", "met"),
        (["03-01 return"], "03-06", "pending"),
        (["03-01 return"], "03-07", "at_risk"),
        (["03-01 return"], "03-09", "at_risk"),
        (["03-01 return"], "03-10", "missed"),
        (["03-20 submit"], "03-19", "missed"),
    ],
)
def test_a_report_is_judged_by_its_first_submission(steps, as_of, outcome):
    unit = make_unit(make_session("03-02", *steps))
    missed = int(outcome == "missed")
    assert found(verdict(unit, as_of, "reported_on_time")) == (outcome, missed, {outcome: 1})


def test_a_report_is_due_once_the_last_day_is_over():
    unit = make_unit(make_session("03-02", "03-02 submit", end="03-04", form="reading_class"))
    assert found(verdict(unit, "03-03", "reported_on_time")) == ("not_applicable", None, {})
    assert verdict(unit, "03-04", "reported_on_time").outcome == "met"


def test_adjacent_activities_are_never_judged():
    unit = make_unit(make_session("03-02", "03-30 submit", form="adjacent"))
    for rule in ("reported_on_time", "session_file", "makeups_done"):
        assert verdict(unit, "04-30", rule).outcome == "not_applicable"


@pytest.mark.parametrize(
    ("made_on", "confirmed_on", "as_of", "outcome"),
    [
        ("04-01", "04-01", "05-01", "met"),
        ("04-01", "04-20", "05-01", "met"),  # its own date decides, confirmed later
        ("04-01", "04-20", "04-10", "missed"),  # not confirmed yet
        ("04-02", "04-02", "05-01", "met_late"),
        ("", "", "03-24", "pending"),
        ("", "", "03-25", "at_risk"),
        ("", "", "04-01", "at_risk"),
        ("", "", "04-02", "missed"),
    ],
)
def test_a_makeup_has_thirty_days(made_on, confirmed_on, as_of, outcome):
    row = AttendanceGroup(
        "absent",
        None,
        day(made_on) if made_on else None,
        day(confirmed_on) if confirmed_on else None,
        2,
    )
    unit = make_unit(make_session("03-02", attendance=(row,)))
    missed = 2 if outcome == "missed" else 0
    assert found(verdict(unit, as_of, "makeups_done")) == (outcome, missed, {outcome: 2})


def test_only_absences_of_counted_sessions_are_owed():
    rows = (AttendanceGroup("leave", "maternity"), AttendanceGroup("present"))
    unit = make_unit(
        make_session("03-02", attendance=rows),
        make_session("03-03", "03-03 return", attendance=(AttendanceGroup("absent"),)),
    )
    assert found(verdict(unit, "06-01", "makeups_done")) == ("not_applicable", None, {})


@pytest.mark.parametrize(
    ("arrivals", "as_of", "outcome"),
    [
        (["03-02 minutes", "03-09 sign_in"], "04-01", "met"),
        (["03-02 minutes", "03-10 sign_in"], "04-01", "met_late"),
        (["03-20 minutes", "03-05 minutes", "03-09 sign_in"], "04-01", "met"),
        (["03-02 minutes", "03-10 sign_in"], "03-09", "at_risk"),
        (["03-02 minutes", "03-03 photo"], "03-06", "pending"),
        (["03-02 minutes"], "03-10", "missed"),
    ],
)
def test_a_file_is_complete_with_its_last_kind(arrivals, as_of, outcome):
    unit = make_unit(make_session("03-02", evidence=make_evidence(*arrivals)))
    assert verdict(unit, as_of, "session_file").outcome == outcome


def test_a_file_is_judged_from_the_last_day_even_before_it():
    session = make_session("03-02", "03-02 submit", end="03-04", form="reading_class")
    rule = make_rule("session_file", workdays=0)
    assert verdict(make_unit(session), "03-02", rule, warn_days={"session": 1}).outcome == "pending"
    assert verdict(make_unit(session), "03-05", rule).outcome == "missed"


def test_the_line_shows_the_worst_and_how_many_of_each():
    unit = make_unit(
        make_session("03-02", "03-03 submit"),
        make_session("03-03", "03-30 submit"),
        make_session("03-04", "03-01 return"),
        make_session("03-30", "03-01 return"),
    )
    counts = {"met": 1, "met_late": 1, "missed": 1, "pending": 1}
    assert found(verdict(unit, "03-31", "reported_on_time")) == ("missed", 1, counts)


def test_a_waived_line_keeps_its_counts():
    unit = make_unit(make_session("03-02", "03-01 return"), waived=["reported_on_time 2026"])
    assert found(verdict(unit, "04-01", "reported_on_time")) == ("waived", 1, {"missed": 1})
