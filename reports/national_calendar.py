"""The national calendar of public holidays and exchanged rest days (国务院办公厅放假通知).

The dates come with the package chinesecalendar, which is released anew each year and refuses
years it does not know; the weekday then decides, and the calendar's `warning` says so.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from functools import cache

from chinese_calendar.constants import holidays, workdays

from reports.periods import WorkingCalendar


@cache
def national_calendar() -> WorkingCalendar:
    """The calendar without a county's own dates."""
    return WorkingCalendar(
        holidays=frozenset(holidays),
        workdays=frozenset(workdays),
        known_years=frozenset(day.year for day in holidays),
    )


def county_calendar(
    overrides: Mapping[dt.date, bool], complete_years: Iterable[int] = ()
) -> WorkingCalendar:
    """The national calendar with the county's own dates over it: True works, False rests.

    `complete_years` are years the county declares to have entered in full; they need no warning.
    """
    calendar = national_calendar().with_overrides(overrides)
    known = (calendar.known_years or frozenset()) | frozenset(complete_years)
    return WorkingCalendar(calendar.holidays, calendar.workdays, known)
