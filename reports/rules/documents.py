"""Rules on documents: the annual plan, the half-year report, the annual report."""

import datetime as dt
from operator import attrgetter
from typing import Final, NamedTuple

from reports.periods import WorkdaySums
from reports.rules.brief import Events, events
from reports.rules.facts import EventFacts, RuleFacts, UnitFacts
from reports.rules.horizon import Horizon
from reports.rules.known import Known
from reports.rules.registry import ANNUAL_REPORT, HALF_YEAR_REPORT, PLAN_FILED, Params
from reports.rules.results import Result
from reports.rules.sums import Sums
from reports.rules.words import (
    AT_RISK,
    MET,
    MET_LATE,
    MISSED,
    NOT_APPLICABLE,
    RETURN,
    SUBMIT,
    WAIVED,
    WITHDRAW,
)

_DOCUMENTS: Final = {
    PLAN_FILED: attrgetter("plan"),
    HALF_YEAR_REPORT: attrgetter("half_year_report"),
    ANNUAL_REPORT: attrgetter("annual_report"),
}


class DocumentState(NamedTuple):
    """A document at a day: the date that counts, and while returned what may still be kept.

    `kept` is the date a correction in time brings back, `correct_by` the window's last day.
    """

    counts: dt.date | None = None
    returned: bool = False
    kept: dt.date | None = None
    correct_by: dt.date | None = None


def document_state(
    events: tuple[EventFacts, ...], as_of: dt.date, correction_ends: WorkdaySums
) -> DocumentState:
    """Follow a document's events up to `as_of`.

    A first submission gives the date, a return takes it off, a correction in time brings it
    back, a withdrawal drops every date. Acceptance and filing never change anything here: they
    are refused on a returned document.
    """
    state = DocumentState()
    for on, kind in sorted(events, key=_day) if len(events) > 1 else events:
        if on > as_of:
            break
        if kind == SUBMIT and state.counts is None:
            in_time = state.correct_by is not None and on <= state.correct_by
            state = DocumentState(counts=state.kept if in_time and state.kept else on)
        elif kind == RETURN:
            state = DocumentState(None, True, state.counts or state.kept, correction_ends[on])
        elif kind == WITHDRAW:
            state = DocumentState()
    return state


def _day(event: EventFacts) -> dt.date:
    return event.on


def document_events(unit: UnitFacts, rule: str) -> tuple[EventFacts, ...]:
    """The events of the document a rule is about; KeyError for any other rule."""
    found: tuple[EventFacts, ...] = _DOCUMENTS[rule](unit)
    return found


class DocumentDue:
    """One obligation a year: the document submitted by its `due`, that day included."""

    def __init__(self, rule: RuleFacts, horizon: Horizon) -> None:
        self.key = rule.key
        self._severity = rule.severity
        self._horizon = horizon
        self._period = horizon.year_key
        self._due = Params.of(rule, horizon.year.year).day("due")
        self._open = MISSED if horizon.as_of > self._due else horizon.unmet(self._due, "dated")
        self._nothing = Result(self.key, self._period, NOT_APPLICABLE, self._severity)
        self._document = _DOCUMENTS[rule.key]
        self._judged = Known(self._judge)

    def judge(self, sums: Sums, results: list[Result]) -> None:
        """Add the result; a document that stands returned is noted there."""
        unit = sums.unit
        if (unit.established_on is not None and unit.established_on > self._due) or (
            unit.abolished_on is not None and unit.abolished_on <= self._due
        ):
            results.append(self._nothing)
            return
        result, returned = self._judged[self._document(unit)]
        if returned:
            sums.stands_returned = True
        if sums.waivers and sums.waived(self.key, self._period):
            result = result._replace(outcome=WAIVED)
        results.append(result)

    def _judge(self, said: Events) -> tuple[Result, bool]:
        """The result without a waiver, and whether the document stands returned."""
        horizon = self._horizon
        state = document_state(events(said), horizon.as_of, horizon.correction_ends)
        outcome = self._outcome(state)
        result = Result(self.key, self._period, outcome, self._severity, state.counts)
        return result, state.returned

    def _outcome(self, state: DocumentState) -> str:
        if state.counts is not None:
            return MET if state.counts <= self._due else MET_LATE
        if (
            state.kept is not None
            and state.kept <= self._due
            and state.correct_by is not None
            and self._horizon.as_of <= state.correct_by
        ):
            return AT_RISK
        return self._open
