"""Every unit is listened to once in two years: who is still to be put on the plan."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class UnitPlan:
    """What is on record of one unit, for the plan of one year.

    ``founded`` is the year in which it came to be, None if it always was; ``before`` and ``now``
    tell whether a sit-in of the year before, or of this one, was held or is still to come.
    """

    pk: int
    founded: int | None = None
    before: bool = False
    now: bool = False


def is_owed(unit: UnitPlan, year: int) -> bool:
    """Whether the two years to the end of this one pass without anybody listening.

    A unit founded in the year has the next one, too.
    """
    is_new = unit.founded is not None and unit.founded >= year
    return not (unit.before or unit.now or is_new)


def gap(units: Iterable[UnitPlan], year: int) -> list[int]:
    """Units, in the given order, that nothing is planned for in the two years."""
    return [unit.pk for unit in units if is_owed(unit, year)]


def proposed(units: Sequence[UnitPlan], year: int) -> list[int]:
    """Units, in the given (official) order, to be put on the year's plan.

    All that are owed; in the first year of a county's plans half of its units, so that the other
    half follows in the next.
    """
    owed = gap(units, year)
    if any(unit.before for unit in units):
        return owed
    half = -(-len(units) // 2)
    return owed[: max(half - sum(unit.now for unit in units), 0)]
