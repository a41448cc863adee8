"""The county's working calendar as it is on record."""

import datetime as dt

from django.db.models import IntegerField, TextField, Value
from django.db.models.functions import Cast

from reports.models import CalendarDay, CalendarYear
from reports.national_calendar import county_calendar
from reports.periods import WorkingCalendar


def recorded_calendar() -> WorkingCalendar:
    """The national calendar with the county's own dates over it; one query.

    Years the county declares complete need no warning any more.
    """
    works = Cast("is_workday", IntegerField())
    days = CalendarDay.objects.order_by().values_list(Cast("date", TextField()), works)
    years = CalendarYear.objects.order_by().values_list(Cast("year", TextField()), Value(0))
    overrides: dict[dt.date, bool] = {}
    complete: set[int] = set()
    for said, is_workday in days.union(years, all=True):
        if said.isdecimal():
            complete.add(int(said))
        else:
            overrides[dt.date.fromisoformat(said)] = bool(is_workday)
    return county_calendar(overrides, complete)
