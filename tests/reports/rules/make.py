"""Facts for tests: the year 2026, days as `03-05`, weekends the only rest days."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from reports.periods import WorkingCalendar
from reports.rules.engine import RuleContext, evaluate
from reports.rules.facts import (
    AttendanceGroup,
    EventFacts,
    EvidenceFacts,
    RuleFacts,
    RuleSetFacts,
    SessionFacts,
    SpeechFacts,
    TermFacts,
    UnitFacts,
    WaiverFacts,
)
from reports.rules.registry import RULES
from reports.rules.results import Result

PRESENT_BY_TEN = (AttendanceGroup("present", number=10),)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text if len(text) > 5 else f"2026-{text}")


def make_events(*steps: str) -> tuple[EventFacts, ...]:
    """`"02-01 submit"` and so on."""
    return tuple(EventFacts(day(step.split()[0]), step.split()[1]) for step in steps)


def make_session(on: str, *steps: str, end: str = "", **given: Any) -> SessionFacts:
    """A session submitted on its own day unless `steps` say otherwise."""
    facts: dict[str, Any] = {
        "id": on,
        "date": day(on),
        "end_date": day(end or on),
        "half_days": 1,
        "form": "collective",
        "events": make_events(*(steps or (f"{on} submit",))),
        "attendance": PRESENT_BY_TEN,
    }
    return SessionFacts(**{**facts, **given})


def make_discussion(on: str, *steps: str, speakers: Iterable[str] = "ab", **given: Any):
    speeches = tuple(SpeechFacts(person, "key") for person in speakers)
    return make_session(on, *steps, form="discussion", speeches=speeches, **given)


def make_evidence(*arrivals: str) -> tuple[EvidenceFacts, ...]:
    """`"02-01 minutes"` and so on."""
    return tuple(EvidenceFacts(row.split()[1], day(row.split()[0])) for row in arrivals)


def make_term(person: str, start: str = "2020-01-01", end: str = "", role: str = "member"):
    return TermFacts(person, role, day(start), day(end) if end else None)


def make_unit(*sessions: SessionFacts, waived: Iterable[str] = (), **given: Any) -> UnitFacts:
    """A unit; `waived` as `"monthly_sessions 2026-03"`."""
    waivers = frozenset(WaiverFacts(*row.split()) for row in waived)
    return UnitFacts("u", sessions=sessions, waivers=waivers, **given)


def make_rule(key: str, **params: object) -> RuleFacts:
    return RuleFacts(key, severity=RULES[key].severity, params=params)


def make_context(as_of: str, *rules: RuleFacts | str, **shared: Any) -> RuleContext:
    facts = tuple(make_rule(rule) if isinstance(rule, str) else rule for rule in rules)
    return RuleContext(RuleSetFacts(2026, facts, **shared), WorkingCalendar(), day(as_of))


def judge(unit: UnitFacts, as_of: str, rule: RuleFacts | str, **shared: Any) -> list[Result]:
    """The results of one rule."""
    return list(evaluate(unit, make_context(as_of, rule, **shared)).results)


def verdict(unit: UnitFacts, as_of: str, rule: RuleFacts | str, **shared: Any) -> Result:
    """The result of a rule that gives one."""
    (result,) = judge(unit, as_of, rule, **shared)
    return result
