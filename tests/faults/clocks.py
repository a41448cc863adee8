"""R11, R12: time zones and clocks that jump."""

import datetime as dt
from random import Random
from zoneinfo import ZoneInfo

import time_machine
from celery import current_app
from django.utils import timezone

from reports import tasks
from reports.clock_guard import accept
from reports.mail_days import latest_due
from reports.models import Delivery, MailSchedule
from reports.periods import Month
from reports.working_days import recorded_calendar
from tests.faults.county import root
from tests.faults.scenario import Outcome, Scenario
from tests.faults.stack import Stack, run

BEIJING = ZoneInfo("Asia/Shanghai")
JUMPS = (dt.timedelta(days=-40), dt.timedelta(days=-1), dt.timedelta(days=40), dt.timedelta(0))
PRINT_TODAY = (
    "import django; django.setup(); from django.utils import timezone; print(timezone.localdate())"
)


def month_ends(stack: Stack, chance: Random) -> Outcome:
    """Ten years, each minute around each month's end and around the hour the mails are due."""
    schedule = MailSchedule(root=root(), run="monthly", workday=1, hour=0, first_period="2020-01")
    calendar = recorded_calendar()
    wrong = looks = 0
    month = Month(2020, 1)
    for _ in range(stack.number(120, 12)):
        month = month.next
        midnight = dt.datetime.combine(month.first, dt.time(), BEIJING)
        for minutes in range(-10, 11):
            now = (midnight + dt.timedelta(minutes=minutes)).astimezone(dt.UTC)
            due = latest_due(schedule, now, calendar)
            looks += 1
            wrong += due is not None and due[0] > (
                month.previous if minutes >= 0 else month.previous.previous
            )
            wrong += timezone.localdate(now) != now.astimezone(BEIJING).date()
    outcome = Outcome(f"{looks:,} minutes")
    outcome.expect(not wrong, f"{wrong} minutes belong to another month")
    outcome.expect(str(current_app.conf.timezone) == "Asia/Shanghai", "Celery keeps another time")
    told = run("-c", PRINT_TODAY, TZ="America/New_York").stdout.strip()
    outcome.expect(
        told == timezone.localdate().isoformat(), "the machine's time zone shows through"
    )
    return outcome


def jumps(stack: Stack, chance: Random) -> Outcome:
    """The wall clock is set forward and backward between two looks of the planner."""
    accept()
    MailSchedule.objects.filter(run="monthly").update(first_period="2026-10")
    tasks.tick()
    before = set(Delivery.objects.values_list("message_id", flat=True))
    now = timezone.now()
    for jump in JUMPS:
        with time_machine.travel(now + jump, tick=False):
            tasks.tick()
    after = set(Delivery.objects.values_list("message_id", flat=True))
    outcome = Outcome(
        f"{len(JUMPS) - 1} jumps of up to 40 days",
        duplicates=len(after - before),
        notes=f"{len(before)} mails queued before, none by a jump",
    )
    outcome.expect(bool(before), "nothing was due before the jumps")
    return outcome


SCENARIOS = (
    Scenario("ends of months", "R11", month_ends),
    Scenario("clock jumps", "R12", jumps),
)
