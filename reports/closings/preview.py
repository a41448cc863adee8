"""What closing a month now would keep, and what would better be settled before.

A county that is closed at once is evaluated when somebody looks. Of a larger one the lines of its
units are kept where they cannot be stale (see `reports.standings.keeping`), so that whoever looks
waits for no more units than a small county has.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from reports.evaluation import Evaluated, evaluate
from reports.models import MonthPreview
from reports.periods import Month, holds
from reports.rules.facts import SessionFacts
from reports.rules.tally import state_at
from reports.rules.words import ADJACENT, DRAFT, DUE_ROLES, RETURNED, SUBMITTED
from reports.standings.basis import Ground, ground
from reports.standings.counting import StandingCount, standing_counts
from reports.standings.keeping import Keeping
from reports.workbook.basis import titled
from reports.workbook.data import no_rule_set_title
from units.models import Unit
from units.querysets import UnitQuerySet


class PreviewLine(NamedTuple):
    """A unit as it would be closed, and its sessions up to the month's end as they stand then.

    `sessions` are those that count, `reported` the lines of the ledger, `members` people.
    `awaits`: the unit's rules count accepted sessions only, so `submitted` ones are left out.
    `late` were first reported after the month's last day, and so are left out as well.
    """

    unit_id: int
    rule_set_id: int | None
    standing: str
    sessions: int
    reported: int
    members: int
    awaits: bool
    submitted: int
    returned: int
    drafts: int
    late: int

    @property
    def is_unsettled(self) -> bool:
        """Whether some session is not through."""
        return bool(self.submitted + self.returned + self.drafts + self.late)


@dataclass(frozen=True)
class Preview:
    """What the units add up to, and those with sessions that are not through."""

    counts: tuple[StandingCount, ...]
    units: int
    sessions: int
    reported: int
    members: int
    without_rules: int
    rule_sets: list[str]
    warning: str
    unsettled: list[PreviewLine]


_CALLED = ("pk", "code", "short_name")


class Called(NamedTuple):
    """A unit's line with its code, and its name at the month's end."""

    code: str
    name: str
    line: PreviewLine


def preview(root: Unit, month: Month, today: dt.date) -> Preview:
    """The month as `close_month` would keep it; seven queries for any 1,500 units.

    No more than a slice of units stands in memory.
    """
    on = _ground(month)
    units = evaluate(Unit.objects.below(root), month.last, calendar=on.calendar)
    return summed((preview_line(unit, today) for unit in units), on)


def summed(lines: Iterable[PreviewLine], on: Ground) -> Preview:
    """What lines add up to."""
    standings, unsettled = [], []
    sessions = reported = members = 0
    rule_sets: Counter[int | None] = Counter()
    for line in lines:
        standings.append(line.standing)
        sessions += line.sessions
        reported += line.reported
        members += line.members
        rule_sets[line.rule_set_id] += 1
        if line.is_unsettled:
            unsettled.append(line)
    titles = {one.id: titled(one.title, one.version) for one in on.sets}
    return Preview(
        counts=standing_counts(standings),
        units=len(standings),
        sessions=sessions,
        reported=reported,
        members=members,
        without_rules=rule_sets[None],
        rule_sets=[no_rule_set_title() if key is None else titles[key] for key in rule_sets],
        warning=on.calendar.warning([on.year]),
        unsettled=unsettled,
    )


class KeptPreview(Keeping[PreviewLine]):
    """The lines of units of a large county; those of another day than `today` do not hold."""

    model = MonthPreview
    columns = PreviewLine._fields

    def __init__(self, units: UnitQuerySet, month: Month, today: dt.date) -> None:
        self._today = today
        super().__init__(units, _ground(month), also=today)

    def preview(self) -> Preview:
        """What all of them add up to; evaluates those that are missing."""
        return summed(self.rows(), self.on)

    def key(self, on: Ground) -> dict[str, Any]:
        return {"month": Month.of(on.as_of).key}

    def row(self, values: Sequence[Any]) -> PreviewLine:
        return PreviewLine(*values)

    def of(self, judged: Evaluated) -> PreviewLine:
        return preview_line(judged, self._today)


def called(lines: Sequence[PreviewLine], month: Month) -> list[Called]:
    """Lines with codes and names; one query."""
    units = Unit.objects.filter(pk__in=[line.unit_id for line in lines])
    named = units.named(month.last).order_by().values_list(*_CALLED)
    found = {key: (code, name or code) for key, code, name in named}
    return [Called(*found[line.unit_id], line) for line in lines]


def preview_line(unit: Evaluated, today: dt.date) -> PreviewLine:
    """The line of a unit judged at a month's end."""
    as_of = unit.context.as_of
    then: Counter[str] = Counter()
    late = 0
    year = _of_year(unit)
    for session in year:
        status, _since, submitted = state_at(session.events, as_of)
        if status == DRAFT and state_at(session.events, today)[2] is not None and not submitted:
            late += 1
        else:
            then[status] += 1
    return PreviewLine(
        unit_id=unit.unit_id,
        rule_set_id=unit.rule_set_id,
        standing=unit.evaluation.standing,
        sessions=unit.evaluation.figures.sessions,
        reported=len(year) - late - then[DRAFT],
        members=_members(unit),
        awaits=unit.context.awaits_acceptance,
        submitted=then[SUBMITTED],
        returned=then[RETURNED],
        drafts=then[DRAFT],
        late=late,
    )


def _ground(month: Month) -> Ground:
    return ground(year=month.year, as_of=month.last)


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
