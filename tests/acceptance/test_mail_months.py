"""24 months of the clockwork under everything that can go wrong with it, in the real task code.

The scheduler runs twice, stands still, starts anew; the broker refuses every other call; clocks
stand at the ends of months. Only the wall clock, the machine's start and the broker are put in.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

import celery
import pytest
import time_machine
from django.core import mail
from kombu.exceptions import OperationalError

from reports import clock_guard, tasks
from reports.mail_days import due_at
from reports.models import Delivery, MailRun, MailSchedule, RuleSet
from reports.national_calendar import national_calendar
from reports.periods import Month
from reports.rule_sets import create_default, publish
from tests.reports.mail import make_county, make_schedule
from tests.reports.records import make_entry, make_session
from units.models import Unit

pytestmark = pytest.mark.django_db

BEIJING = ZoneInfo("Asia/Shanghai")
CALENDAR = national_calendar()
FIRST = Month(2026, 1)
MONTHS = 24
OUTAGE_EVERY = 5
"""In every fifth month the machine stands still over the day the mails are due."""


def periods() -> list[Month]:
    found = [FIRST]
    while len(found) < MONTHS:
        found.append(found[-1].next)
    return found


class Broker:
    """Refuses every other call; what it takes waits until a worker comes."""

    def __init__(self) -> None:
        self.calls = 0
        self.taken: list[str] = []

    def send_task(self, name: str, **_: Any) -> None:
        self.calls += 1
        if self.calls % 2:
            raise OperationalError("connection refused")
        self.taken.append(name.rpartition(".")[2])

    def work(self) -> None:
        """A worker does what is there, and what that asks for."""
        while self.taken:
            getattr(tasks, self.taken.pop(0))()


class Machine:
    """A planner's machine that is started anew whenever it is told to."""

    def __init__(self) -> None:
        self.starts = 0
        self.started_at = dt.datetime(2026, 1, 1, tzinfo=BEIJING)

    def restart(self, now: dt.datetime) -> None:
        self.starts += 1
        self.started_at = now - dt.timedelta(minutes=1)

    def read(self) -> clock_guard.Reading:
        now = dt.datetime.now(tz=BEIJING)
        return clock_guard.Reading(f"boot-{self.starts}", now, now - self.started_at)


def make_rules(year: int) -> RuleSet:
    """One rule only, so that a unit that studies every month has nothing at risk."""
    draft = create_default(year=year, title="每月学习", effective_from=dt.date(year, 1, 1))
    draft.rules.exclude(key="monthly_sessions").update(enabled=False)
    return publish(rule_set=draft, at=dt.datetime(year, 1, 1, tzinfo=BEIJING), by=None)


@pytest.fixture
def county() -> Unit:
    """QS001 never studies; QS002 does on the 4th of every month, and is at ease."""
    root = make_county(2)
    for year in (2026, 2027, 2028):
        make_rules(year)
    for unit in Unit.objects.with_group():
        make_entry(unit, f"{unit.code}成员", role="leader")
    at_ease = Unit.objects.get(code="QS002")
    for month in (*periods(), periods()[-1].next):
        make_session(at_ease, f"{month.key}-04")
    make_schedule(root, first_period=FIRST.key)
    make_schedule(root, "reminder", first_period=FIRST.key, workday=18)
    return root


def moments(month: Month, place: int) -> Iterator[dt.datetime]:
    """When the scheduler looks, in the month after the one whose mails are due."""
    monthly = MailSchedule.objects.get(run="monthly")
    reminder = MailSchedule.objects.get(run="reminder")
    start = dt.datetime.combine(month.first, dt.time(), BEIJING)
    due, reminded = due_at(monthly, month, CALENDAR), due_at(reminder, month, CALENDAR)
    if place % OUTAGE_EVERY:
        yield from (start, start + dt.timedelta(seconds=1), due - dt.timedelta(minutes=1), due)
    yield due + dt.timedelta(days=7)
    yield from (reminded - dt.timedelta(minutes=1), reminded)
    yield dt.datetime.combine(month.last, dt.time(23, 59, 59), BEIJING)


def test_each_unit_gets_one_mail_a_month_and_only_who_is_at_risk_a_reminder(county, monkeypatch):
    broker, machine = Broker(), Machine()
    monkeypatch.setattr(celery.current_app, "send_task", broker.send_task)
    monkeypatch.setattr(clock_guard, "read_clocks", machine.read)
    for place, period in enumerate(periods()):
        for now in moments(period.next, place):
            if place % 3 == 0:
                machine.restart(now)
            for behind in (0, 2):  # a second scheduler, whose clock is two hours behind
                with time_machine.travel(now - dt.timedelta(hours=behind), tick=False):
                    tasks.tick()
            with time_machine.travel(now + dt.timedelta(minutes=1), tick=False):
                tasks.sweep()
                broker.work()

    received = Counter((message.to[0], message.subject) for message in mail.outbox)
    assert set(received.values()) == {1}
    monthly = Delivery.objects.filter(run__run="monthly").values_list("unit__code", "period")
    wanted = {(code, period.key) for code in ("QS", "QS001", "QS002") for period in periods()}
    assert Counter(monthly) == Counter(wanted)
    late = MailRun.objects.filter(run="monthly", late=True).count()
    assert late == len(range(0, MONTHS, OUTAGE_EVERY))
    reminded = Delivery.objects.filter(run__run="reminder")
    assert set(reminded.values_list("unit__code", flat=True)) == {"QS001"}
    assert reminded.count() == MONTHS  # of February 2026 to January 2028
    assert set(Delivery.objects.values_list("state", flat=True)) == {"sent"}
    assert len(mail.outbox) == Delivery.objects.count()
    assert broker.calls > 2 * MONTHS
