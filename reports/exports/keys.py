"""The units of an export as the readers of sessions and members need them."""

import datetime as dt

from reports.evaluation import Judges
from reports.gather import heads
from reports.rule_book import rule_book
from reports.workbook.unit_keys import UnitKey
from reports.working_days import recorded_calendar
from sessions.pages.names import short_names
from units.querysets import UnitQuerySet


def keys_of(units: UnitQuerySet, *, year: int, as_of: dt.date) -> list[UnitKey]:
    """Those of the units that owe anything in the year, in official order, named and judged as of
    the day; four queries.
    """
    found = heads(units, year)
    names = short_names([head.id for head in found], as_of)
    judges = Judges(
        as_of=as_of,
        year=year,
        book=rule_book(year=year, as_of=as_of),
        calendar=recorded_calendar(),
    )
    return [
        UnitKey(
            head.id,
            names.get(head.id, head.code),
            head.established_on,
            head.abolished_on,
            judges.bound_by(head)[1],
        )
        for head in found
    ]
