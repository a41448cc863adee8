"""Rows in, facts out: the only reader of rows for the rules.

However many units there are, a slice of them costs three queries, and one more finds them all.
"""

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from reports.collecting import collector_paused
from reports.gather.sessions import Sessions
from reports.gather.units import Backgrounds
from reports.rules.facts import UnitFacts
from units.querysets import UnitQuerySet

# So many units' rows are held at once: a city in one slice, a province without filling memory.
SLICE = 1500


class Head(NamedTuple):
    """A unit as a row: what tells it from others and decides which rules bind it."""

    id: int
    code: str
    category_id: int
    established_on: dt.date | None
    abolished_on: dt.date | None


def heads(units: UnitQuerySet, year: int) -> list[Head]:
    """The units that keep a group and exist on some day of the year, in official order."""
    due = units.with_group().existing_in(dt.date(year, 1, 1), dt.date(year, 12, 31))
    rows = due.order_by("rank_order", "code").values_list(*Head._fields)
    return [Head(*row) for row in rows]


def gather(units: UnitQuerySet, year: int) -> Iterator[tuple[Head, UnitFacts]]:
    """Each unit that owes anything in the year with everything on record about it.

    In official order. One query, and three for every `SLICE` units; never one for a unit.
    """
    found = heads(units, year)
    for start in range(0, len(found), SLICE):
        part = found[start : start + SLICE]
        ids = [head.id for head in part]
        with collector_paused():
            backgrounds, sessions = Backgrounds(ids, year), Sessions(ids, year)
        for head in part:
            life = (head.established_on, head.abolished_on)
            yield (
                head,
                backgrounds.take(head.id, head.category_id, life, sessions.take(head.id)),
            )
