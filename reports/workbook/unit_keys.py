"""The units of a rollup as the readers of sessions and members need them, in slices."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from reports.gather import gather
from reports.periods import holds
from reports.rules.engine import RuleContext
from reports.rules.facts import SessionFacts, UnitFacts
from reports.rules.tally import state_at
from reports.rules.words import ADJACENT
from units.models import Unit

# A slice's sessions stand in memory for a moment, about 40 kB a unit.
SLICE = 500


class UnitKey(NamedTuple):
    """A unit's id, its name on the day, its life [established_on, abolished_on), its rules."""

    id: int
    name: str
    established_on: dt.date | None
    abolished_on: dt.date | None
    context: RuleContext

    def has(self, session: SessionFacts) -> bool:
        """Whether it is one of the year's sessions, visible at the date; its status aside."""
        return (
            session.form != ADJACENT
            and session.date <= self.context.as_of
            and holds(self.established_on, self.abolished_on, session.date)
        )

    def counts(self, session: SessionFacts) -> bool:
        """Whether its status at the date is one that counts."""
        status, _, _ = state_at(session.events, self.context.as_of)
        return status in self.context.counted_statuses


def slices(units: Sequence[UnitKey]) -> Iterator[Sequence[UnitKey]]:
    """The units in their order, `SLICE` at a time."""
    for start in range(0, len(units), SLICE):
        yield units[start : start + SLICE]


def facts_of(part: Sequence[UnitKey], year: int) -> dict[int, UnitFacts]:
    """Everything on record about a slice of units, by unit id."""
    units = Unit.objects.filter(pk__in=[unit.id for unit in part])
    return {head.id: facts for head, facts in gather(units, year)}
