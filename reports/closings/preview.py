"""What closing a month now would keep, and what would better be settled before."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from reports.closings.snapshot import Place, places, rule_set_of
from reports.evaluation import Evaluated, evaluate
from reports.periods import Month, holds
from reports.rules.facts import SessionFacts
from reports.rules.tally import state_at
from reports.rules.words import ADJACENT, DRAFT, DUE_ROLES, RETURNED, SUBMITTED
from reports.standings.counting import StandingCount, standing_counts
from reports.workbook.basis import rule_set_name
from reports.working_days import recorded_calendar
from units.models import Unit


@dataclass(frozen=True)
class Unsettled:
    """A unit with sessions up to the month's end that are not through, as they stand then.

    `awaits`: the unit's rules count accepted sessions only, so submitted ones are left out.
    `late` were first reported after the month's last day, and so are left out as well.
    """

    code: str
    name: str
    submitted: int
    awaits: bool
    returned: int
    drafts: int
    late: int


@dataclass(frozen=True)
class Preview:
    """`sessions` are those that count, `reported` the lines of the ledger, `members` people."""

    counts: tuple[StandingCount, ...]
    units: int
    sessions: int
    reported: int
    members: int
    without_rules: int
    rule_sets: list[str]
    warning: str
    unsettled: list[Unsettled]


def preview(root: Unit, month: Month, today: dt.date) -> Preview:
    """The month as `close_month` would keep it; nine queries for any 1,500 units.

    No more than a slice of units stands in memory.
    """
    calendar = recorded_calendar()
    where = {place.unit_id: place for place in places(root, month.last)}
    counted = _Counted()
    lines = []
    for unit in evaluate(Unit.objects.below(root), month.last, calendar=calendar):
        counted.add(unit)
        line = _line(unit, where, today)
        if line.submitted + line.returned + line.drafts + line.late:
            lines.append(line)
    return Preview(
        counts=standing_counts(counted.standings),
        units=len(counted.standings),
        sessions=counted.sessions,
        reported=counted.reported,
        members=counted.members,
        without_rules=counted.without_rules,
        rule_sets=list(counted.rule_sets),
        warning=calendar.warning([month.year]),
        unsettled=lines,
    )


class _Counted:
    """What units add up to."""

    def __init__(self) -> None:
        self.standings: list[str] = []
        self.sessions = self.reported = self.members = self.without_rules = 0
        self.rule_sets: dict[str, None] = {}

    def add(self, unit: Evaluated) -> None:
        """Counts one more unit."""
        self.standings.append(unit.evaluation.standing)
        self.sessions += unit.evaluation.figures.sessions
        self.reported += _reported(unit)
        self.members += _members(unit)
        self.without_rules += unit.rule_set is None
        self.rule_sets[rule_set_name(rule_set_of(unit))] = None


def _line(unit: Evaluated, where: Mapping[int, Place], today: dt.date) -> Unsettled:
    as_of = unit.context.as_of
    then: Counter[str] = Counter()
    late = 0
    for session in _of_year(unit):
        status, _since, submitted = state_at(session.events, as_of)
        if status == DRAFT and state_at(session.events, today)[2] is not None and not submitted:
            late += 1
        else:
            then[status] += 1
    place = where.get(unit.unit_id)
    return Unsettled(
        code=unit.code,
        name=place.short_name if place else unit.code,
        submitted=then[SUBMITTED],
        awaits=unit.context.awaits_acceptance,
        returned=then[RETURNED],
        drafts=then[DRAFT],
        late=late,
    )


def _of_year(unit: Evaluated) -> list[SessionFacts]:
    """The year's sessions up to the day of evaluation, adjacent activities left aside."""
    facts = unit.facts
    return [
        session
        for session in facts.sessions
        if session.form != ADJACENT
        and session.date <= unit.context.as_of
        and holds(facts.established_on, facts.abolished_on, session.date)
    ]


def _reported(unit: Evaluated) -> int:
    as_of = unit.context.as_of
    return sum(state_at(session.events, as_of)[0] != DRAFT for session in _of_year(unit))


def _members(unit: Evaluated) -> int:
    first, as_of = unit.context.year_first, unit.context.as_of
    return len(
        {
            term.person
            for term in unit.facts.terms
            if term.role in DUE_ROLES
            and term.start <= as_of
            and (term.end is None or term.end > first)
        }
    )


def not_over(month: Month) -> str:
    """The sentence for a month that is still running."""
    return _("%s尚未结束，月末之后才能封账。") % month.label
