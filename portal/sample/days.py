"""The working days of the sample year, and what the sample has already seen of them."""

import datetime as dt
from functools import cached_property
from random import Random

from reports.national_calendar import county_calendar, national_calendar
from reports.periods import DAY, Month, WorkingCalendar

# The days that rest by law every year in the same place; what is exchanged for them is only
# known when it is announced.
FIXED_RESTS = {(1, 1): "元旦", (5, 1): "劳动节", (5, 2): "劳动节"} | {
    (10, day): "国庆节" for day in (1, 2, 3)
}


class SampleDays:
    """The days of one year with its working-day calendar; nothing after `until` has happened."""

    def __init__(self, year: int, until: dt.date) -> None:
        self.year = year
        self.until = until
        self._months: dict[int, list[dt.date]] = {}

    @cached_property
    def overrides(self) -> dict[dt.date, str]:
        """Rest days the county must enter itself, because no calendar of that year is known."""
        years = {self.year} | ({self.year + 1} if self.until.month == 12 else set())
        known = national_calendar().known_years or frozenset()
        return {
            dt.date(year, month, day): label
            for year in sorted(years - known)
            for (month, day), label in FIXED_RESTS.items()
        }

    @cached_property
    def calendar(self) -> WorkingCalendar:
        return county_calendar(dict.fromkeys(self.overrides, False))

    @property
    def months(self) -> range:
        """The months that have begun."""
        return range(1, self.until.month + 1)

    def seen(self, day: dt.date | None) -> bool:
        """Whether the day is there and not after the end of the data."""
        return day is not None and day <= self.until

    def workdays(self, month: int) -> list[dt.date]:
        """The working days of a month of the year."""
        if month not in self._months:
            first, last = Month(self.year, month).first, Month(self.year, month).last
            days = (first + DAY * ahead for ahead in range((last - first).days + 1))
            self._months[month] = [day for day in days if self.calendar.is_workday(day)]
        return self._months[month]

    def after(self, day: dt.date, workdays: int) -> dt.date:
        """The n-th working day later than the day."""
        return self.calendar.add_workdays(day, workdays)

    def some(self, chance: Random, first: dt.date, last: dt.date) -> dt.date:
        """A working day of the year between the two, both included; `first` where there is none."""
        days = [
            day
            for month in range(first.month, last.month + 1)
            for day in self.workdays(month)
            if first <= day <= last
        ]
        return chance.choice(days) if days else first
