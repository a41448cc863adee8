"""What must hold whatever is on record."""

import dataclasses
import datetime as dt
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from reports.national_calendar import national_calendar
from reports.rules.defaults import default_rule_set
from reports.rules.engine import RuleContext, evaluate
from reports.rules.facts import (
    AttendanceGroup,
    EventFacts,
    EvidenceFacts,
    SessionFacts,
    SpeechFacts,
    TermFacts,
    TopicFacts,
    UnitFacts,
)

FIRST = dt.date(2026, 1, 1)
RULE_SET = default_rule_set(2026)
DOCUMENTS = {"plan_filed", "half_year_report", "annual_report"}
FORWARD = {"pending": 0, "at_risk": 1, "missed": 2}
TOPICS = (
    TopicFacts(1, dt.date(2026, 2, 1), dt.date(2026, 4, 30)),
    TopicFacts(2, dt.date(2026, 6, 1), dt.date(2026, 6, 30)),
)


@cache
def context(number: int) -> RuleContext:
    return RuleContext(RULE_SET, national_calendar(), FIRST + dt.timedelta(days=number))


def days(least: int = 0, most: int = 364):
    return st.integers(least, most).map(lambda number: FIRST + dt.timedelta(days=number))


events = st.lists(
    st.builds(EventFacts, days(), st.sampled_from(["submit", "accept", "return", "withdraw"])),
    max_size=4,
).map(lambda rows: tuple(sorted(rows, key=lambda event: event.on)))
groups = st.builds(
    AttendanceGroup,
    st.sampled_from(["present", "late", "leave", "absent"]),
    st.sampled_from(["sick", "maternity"]),
    st.none(),
    st.none(),
    st.integers(1, 9),
)
people = st.sampled_from("abc")


@st.composite
def sessions(draw):
    day = draw(days())
    return SessionFacts(
        id=draw(st.integers()),
        date=day,
        end_date=day + dt.timedelta(days=draw(st.integers(0, 3))),
        half_days=draw(st.integers(1, 6)),
        form=draw(st.sampled_from(["discussion", "collective", "lecture", "adjacent"])),
        events=draw(events),
        attendance=tuple(draw(st.lists(groups, max_size=3))),
        speeches=tuple(SpeechFacts(person, "key") for person in draw(st.lists(people, max_size=3))),
        topics=tuple(draw(st.lists(st.sampled_from([1, 2]), max_size=1))),
        evidence=tuple(
            EvidenceFacts(kind, day)
            for kind in draw(st.sets(st.sampled_from(["minutes", "sign_in"])))
        ),
    )


units = st.builds(
    UnitFacts,
    unit=st.just("u"),
    terms=st.just(tuple(TermFacts(person, "member", dt.date(2020, 1, 1)) for person in "abc")),
    sessions=st.lists(sessions(), max_size=6).map(tuple),
    topics=st.just(TOPICS),
    plan=events,
    half_year_report=events,
    annual_report=events,
)


def recorded_until(unit: UnitFacts) -> int:
    """The number of the last day on which anything of the unit happens."""
    dated = [FIRST]
    for held in unit.sessions:
        dated += [held.date, held.end_date, *(event.on for event in held.events)]
    for document in (unit.plan, unit.half_year_report, unit.annual_report):
        dated += [event.on for event in document]
    return (max(dated) - FIRST).days


@settings(deadline=None)
@given(units, st.integers(0, 60), st.integers(0, 400))
def test_while_nothing_is_recorded_outcomes_only_move_forward(unit, wait, later):
    """A document in its correction window warns whatever the days left, so it may calm again."""
    start = recorded_until(unit) + wait
    before = evaluate(unit, context(start))
    after = evaluate(unit, context(start + later))
    for earlier, result in zip(before.results, after.results, strict=True):
        if earlier.rule in DOCUMENTS and earlier.outcome == "at_risk":
            assert result.outcome in FORWARD
        elif earlier.outcome in FORWARD:
            assert FORWARD[result.outcome] >= FORWARD[earlier.outcome]
        elif not earlier.counts:
            assert result.outcome == earlier.outcome


@settings(deadline=None)
@given(units, st.integers(0, 364), st.integers(0, 400))
def test_a_later_roster_change_never_alters_an_earlier_denominator(unit, number, later):
    joined = FIRST + dt.timedelta(days=number + 1 + later)
    terms = (*unit.terms, TermFacts("d", "member", joined))
    changed = dataclasses.replace(unit, terms=terms)
    assert evaluate(changed, context(number)) == evaluate(unit, context(number))


@settings(deadline=None)
@given(units, st.integers(0, 400))
def test_evaluation_is_deterministic_and_blind_to_the_future(unit, number):
    day = FIRST + dt.timedelta(days=number)
    seen = UnitFacts(
        unit.unit,
        terms=unit.terms,
        sessions=tuple(
            held._replace(events=tuple(event for event in held.events if event.on <= day))
            for held in unit.sessions
            if held.date <= day
        ),
        topics=unit.topics,
        plan=tuple(event for event in unit.plan if event.on <= day),
        half_year_report=tuple(event for event in unit.half_year_report if event.on <= day),
        annual_report=tuple(event for event in unit.annual_report if event.on <= day),
    )
    fresh = RuleContext(RULE_SET, national_calendar(), day)
    assert evaluate(unit, context(number)) == evaluate(seen, fresh)


@settings(deadline=None)
@given(units, st.integers(0, 400))
def test_the_rows_of_a_denominator_add_up(unit, number):
    figures = evaluate(unit, context(number)).figures
    assert 0 <= figures.present + figures.made_up <= figures.base
    assert figures.discussions <= figures.sessions <= figures.half_days


@settings(deadline=None)
@given(units, st.integers(0, 400))
def test_the_order_of_records_does_not_matter(unit, number):
    turned = dataclasses.replace(unit, terms=unit.terms[::-1], sessions=unit.sessions[::-1])
    assert evaluate(turned, context(number)) == evaluate(unit, context(number))
