"""Rows in, facts out: the only reader of rows for the rules.

However many units there are, a slice of them costs three queries, and one more finds them all.
"""

from collections.abc import Iterator

from reports.collecting import collector_paused
from reports.gather.heads import Head, heads
from reports.gather.sessions import sessions
from reports.gather.units import Backgrounds
from reports.rules.brief import BriefUnit
from reports.rules.facts import UnitFacts
from units.querysets import UnitQuerySet

# So many units' rows are held at once: a city in one slice, a province without filling memory.
SLICE = 1500


def gather_brief(units: UnitQuerySet, year: int) -> Iterator[tuple[Head, BriefUnit]]:
    """Each unit that owes anything in the year with everything on record about it, in brief.

    In official order. One query, and three for every `SLICE` units; never one for a unit.
    """
    found = heads(units, year)
    for start in range(0, len(found), SLICE):
        part = found[start : start + SLICE]
        ids = [head.id for head in part]
        with collector_paused():
            backgrounds, held = Backgrounds(ids, year), sessions(ids, year)
        for head in part:
            yield head, backgrounds.take(head, held.pop(head.id, ()))


def gather(units: UnitQuerySet, year: int) -> Iterator[tuple[Head, UnitFacts]]:
    """As `gather_brief`, with all facts taken apart."""
    for head, unit in gather_brief(units, year):
        yield head, unit.facts
