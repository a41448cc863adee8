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
    """The month as `close_month` would keep it; nine queries for any 1,500 units."""
    calendar = recorded_calendar()
    where = {place.unit_id: place for place in places(root, month.last)}
    judged = list(evaluate(Unit.objects.below(root), month.last, calendar=calendar))
    lines = [_line(unit, where, today) for unit in judged]
    names = {rule_set_name(rule_set_of(unit)): None for unit in judged}
    return Preview(
        counts=standing_counts(unit.evaluation.standing for unit in judged),
        units=len(judged),
        sessions=sum(unit.evaluation.figures.sessions for unit in judged),
        reported=sum(_reported(unit) for unit in judged),
        members=sum(_members(unit) for unit in judged),
        without_rules=sum(unit.rule_set is None for unit in judged),
        rule_sets=list(names),
        warning=calendar.warning([month.year]),
        unsettled=[
            line for line in lines if line.submitted + line.returned + line.drafts + line.late
        ],
    )


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
