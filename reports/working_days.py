"""The county's working calendar as it is on record."""

from reports.models import CalendarDay
from reports.national_calendar import county_calendar
from reports.periods import WorkingCalendar


def recorded_calendar() -> WorkingCalendar:
    """The national calendar with the county's own dates over it; one query."""
    return county_calendar(dict(CalendarDay.objects.values_list("date", "is_workday")))
