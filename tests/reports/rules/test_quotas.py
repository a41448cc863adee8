"""Quotas for each person: who is bound, and what counts for them."""

import pytest

from reports.rules.facts import RecordFacts, SpeechFacts
from tests.reports.rules.make import (
    day,
    make_discussion,
    make_rule,
    make_session,
    make_term,
    make_unit,
    verdict,
)

SPEECHES = "speeches_per_member"


@pytest.mark.parametrize(
    ("term", "as_of", "bound"),
    [
        (make_term("p"), "06-30", True),
        (make_term("p", role="leader"), "06-30", True),
        (make_term("p", role="secretary"), "06-30", False),
        (make_term("p", "10-03"), "12-31", True),  # 90 days to the year's end
        (make_term("p", "10-04"), "12-31", False),  # 89 days
        (make_term("p", "10-03"), "10-03", True),  # planned days count
        (make_term("p", "10-03"), "10-02", False),  # not yet in office
        (make_term("p", end="07-01"), "06-30", True),
        (make_term("p", end="06-30"), "06-30", False),  # the end is not in office
        (make_term("p", end="2027-01-01"), "2027-01-05", True),
        (make_term("p", end="12-31"), "2027-01-05", False),
        (make_term("p", "2027-01-01"), "2027-01-05", False),
    ],
)
def test_who_is_bound(term, as_of, bound):
    result = verdict(make_unit(terms=(term,)), as_of, SPEECHES)
    assert (result.actual == 1) is bound
    assert (result.outcome == "not_applicable") is not bound


def test_days_of_several_rows_are_distinct_days():
    twice = (make_term("p", "09-01", "11-01"), make_term("p", "10-01", "11-20", role="deputy"))
    assert verdict(make_unit(terms=twice), "10-15", SPEECHES).outcome == "not_applicable"
    apart = (make_term("p", end="02-10"), make_term("p", "10-15"))
    assert verdict(make_unit(terms=apart), "11-01", SPEECHES).actual == 1


def test_days_as_secretary_are_no_service():
    terms = (make_term("p", end="10-15", role="secretary"), make_term("p", "10-15"))
    assert verdict(make_unit(terms=terms), "12-01", SPEECHES).outcome == "not_applicable"


def test_service_lies_within_the_units_life():
    young = make_unit(terms=(make_term("p"),), established_on=day("10-04"))
    assert verdict(young, "12-01", SPEECHES).outcome == "not_applicable"
    old = make_unit(terms=(make_term("p"),), abolished_on=day("06-01"))
    assert verdict(old, "12-01", SPEECHES).outcome == "missed"


def test_the_term_alone_decides_before_a_founding():
    unit = make_unit(terms=(make_term("p"),), established_on=day("05-01"))
    assert verdict(unit, "03-01", SPEECHES).actual == 1


def test_a_unit_without_a_day_in_the_year_binds_nobody():
    unit = make_unit(terms=(make_term("p"),), abolished_on=day("2025-06-01"))
    assert verdict(unit, "03-01", SPEECHES, min_service_days=0).outcome == "not_applicable"


@pytest.mark.parametrize(
    ("session", "short"),
    [
        (make_discussion("02-02"), 0),
        (make_session("02-02", form="lecture", speeches=(SpeechFacts("a", "key"),)), 0),
        (make_session("02-02", speeches=(SpeechFacts("a", "exchange"),)), 1),
        (make_session("02-02", speeches=(SpeechFacts("b", "key"),)), 1),
        (make_discussion("02-02", "02-02 submit", "02-03 return"), 1),
        (make_discussion("02-02")._replace(form="adjacent"), 1),
        (make_discussion("07-02"), 1),
    ],
)
def test_key_speeches_in_any_counted_session(session, short):
    unit = make_unit(session, terms=(make_term("a"),))
    assert verdict(unit, "06-30", SPEECHES).actual == short


def test_two_key_speeches_in_one_session_are_two():
    unit = make_unit(make_discussion("02-02", speakers="aa"), terms=(make_term("a"),))
    assert verdict(unit, "06-30", make_rule(SPEECHES, required=2)).outcome == "met"


@pytest.mark.parametrize(
    ("kind", "on", "short"),
    [
        ("reflection", "01-01", 0),
        ("reflection", "06-30", 0),
        ("reflection", "07-01", 1),
        ("reflection", "2025-12-31", 1),
        ("research", "06-30", 1),
    ],
)
def test_reflections_of_the_year_up_to_the_day(kind, on, short):
    record = RecordFacts("a", kind, day(on))
    unit = make_unit(terms=(make_term("a"),), records=(record,))
    assert verdict(unit, "06-30", "reflections_per_member").actual == short


@pytest.mark.parametrize(
    ("as_of", "outcome"),
    [
        ("10-31", "pending"),
        ("11-01", "at_risk"),
        ("2027-01-07", "at_risk"),
        ("2027-01-08", "missed"),
    ],
)
def test_a_quota_is_settled_after_the_years_reports(as_of, outcome):
    unit = make_unit(terms=(make_term("a"),))
    assert verdict(unit, as_of, "research_per_member").outcome == outcome
