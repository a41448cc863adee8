"""The units that owe anything in a year."""

import datetime as dt
from typing import NamedTuple

from units.querysets import UnitQuerySet


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
