"""When a kind of run is due, and of which month it then speaks."""

import datetime as dt

from django.utils import timezone

from reports.models import MailSchedule
from reports.periods import Month, WorkingCalendar


def due_at(schedule: MailSchedule, month: Month, calendar: WorkingCalendar) -> dt.datetime:
    """The moment in `month` at which the schedule's run is due, at the latest on its last day."""
    day = calendar.add_workdays(month.first - dt.timedelta(days=1), schedule.workday)
    return dt.datetime.combine(
        min(day, month.last), dt.time(schedule.hour), timezone.get_default_timezone()
    )


def latest_due(
    schedule: MailSchedule, now: dt.datetime, calendar: WorkingCalendar
) -> tuple[Month, dt.datetime] | None:
    """The period of the last run that has become due, and when; None if there is none.

    The monthly run stays due until the next one, however long the outage: the months before it
    are not made up for. The reminder is worth nothing once its month is over.
    """
    held = Month.of(timezone.localdate(now, timezone.get_default_timezone()))
    at = due_at(schedule, held, calendar)
    if schedule.run == MailSchedule.Run.MONTHLY:
        if at > now:
            held = held.previous
            at = due_at(schedule, held, calendar)
        period = held.previous
    else:
        period = held
    if at > now or period.key < schedule.first_period:
        return None
    return period, at


def next_due(
    schedule: MailSchedule, now: dt.datetime, calendar: WorkingCalendar
) -> tuple[Month, dt.datetime]:
    """The period of the next run that is yet to become due, and when."""
    first = Month.parse(schedule.first_period)
    monthly = schedule.run == MailSchedule.Run.MONTHLY
    held = Month.of(timezone.localdate(now, timezone.get_default_timezone()))
    held = max(held, first.next if monthly else first)
    at = due_at(schedule, held, calendar)
    if at <= now:
        held = held.next
        at = due_at(schedule, held, calendar)
    return (held.previous if monthly else held), at
