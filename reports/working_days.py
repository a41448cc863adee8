"""The county's working calendar as it is on record."""

from reports.models import CalendarDay, CalendarYear
from reports.national_calendar import county_calendar
from reports.periods import WorkingCalendar


def recorded_calendar() -> WorkingCalendar:
    """The national calendar with the county's own dates over it; two queries.

    Years the county declares complete need no warning any more.
    """
    complete = CalendarYear.objects.order_by().values_list("year", flat=True)
    return county_calendar(dict(CalendarDay.objects.values_list("date", "is_workday")), complete)
