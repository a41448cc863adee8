"""R8, R9, R10: planners at once, schedulers twice, Redis away at the scheduler's moment."""

import datetime as dt
from collections import Counter
from random import Random
from threading import Thread

from django.utils import timezone

from reports.mail_days import due_at, latest_due
from reports.models import Delivery, MailRun, MailSchedule, RuleSet
from reports.periods import Month
from reports.planner import addressees
from reports.rule_sets import create_default, publish
from reports.working_days import recorded_calendar
from tests.faults.county import root
from tests.faults.scenario import Outcome, Scenario
from tests.faults.stack import Stack, run, wait_until

FIRST = Month(2026, 1)


def at_once(stack: Stack, chance: Random) -> Outcome:
    """Sixteen planners wake at the same moment of every month, over 24 months."""
    planners, count = stack.number(16, 4), stack.number(24, 2)
    months = [FIRST]
    while len(months) < count:
        months.append(months[-1].next)
    schedule = _scheduled(FIRST)
    calendar = recorded_calendar()
    moments = [due_at(schedule, month.next, calendar).isoformat() for month in months]
    done = run("-m", "tests.faults.planning", str(planners), *moments)
    monthly = Counter(Delivery.objects.exclude(kind="reminder").values_list("period", "unit_id"))
    wanted = {
        (month.key, unit.id) for month in months for unit in addressees(schedule.root, month)[0]
    }
    outcome = Outcome(
        f"{planners} planners × {count} months × {len(wanted) // count} addressees",
        duplicates=sum(times - 1 for times in monthly.values()),
        lost=len(wanted - monthly.keys()),
        notes=f"{len(wanted):,} mails queued",
    )
    outcome.expect(done.returncode == 0, f"a planner failed: {done.stderr[-300:]}")
    runs = MailRun.objects.filter(run="monthly").count()
    outcome.expect(runs == count, f"{runs} monthly runs for {count} months")
    return outcome


def twice(stack: Stack, chance: Random) -> Outcome:
    """Two schedulers, two workers and people who send by hand, all for the same month."""
    schedule = _scheduled(Month(2026, 10))
    month = _due_now(schedule)
    wanted = {unit.email for unit in addressees(schedule.root, month)[0]}
    by_hand = stack.number(3, 1)
    with stack.clockwork(), stack.clockwork(workers=stack.number(1, 0)):
        by_people: list[int] = []
        people = [Thread(target=_send_by_hand, args=(month, by_people)) for _ in range(by_hand)]
        for each in people:
            each.start()
        for each in people:
            each.join()
        wait_until(_all_sent, seconds=90)
        wait_until(lambda: False, seconds=stack.number(15, 3))  # the schedulers go on
    outcome = _arrived(stack, month, wanted, f"2 schedulers, {by_hand} by hand, ")
    outcome.expect(by_people == [0] * by_hand, "sending by hand failed")
    return outcome


def away(stack: Stack, chance: Random) -> Outcome:
    """Redis is down when the month's mails become due, and the scheduler's file is new."""
    schedule = _scheduled(Month(2026, 10))
    month = _due_now(schedule)
    wanted = {unit.email for unit in addressees(schedule.root, month)[0]}
    stack.redis.kill()
    with stack.clockwork():
        wait_until(lambda: False, seconds=stack.number(20, 4))
        early = Delivery.objects.count()
        stack.redis.start()
        back = timezone.now()
        wait_until(_all_sent, seconds=120)
        took = (timezone.now() - back).total_seconds()
    outcome = _arrived(stack, month, wanted, "")
    outcome.notes += f"; all sent {took:.0f} s after Redis came back"
    outcome.expect(early == 0, "a mail was queued although nobody could be woken")
    outcome.expect(MailRun.objects.get(run="monthly").late, "the late run is not marked late")
    return outcome


def _scheduled(first: Month) -> MailSchedule:
    for year in {first.year, first.year + 1} - set(RuleSet.objects.values_list("year", flat=True)):
        draft = create_default(year=year, title=f"{year}年考核规则")
        publish(rule_set=draft, at=timezone.now() - dt.timedelta(days=1), by=None)
    MailSchedule.objects.filter(run="monthly").update(first_period=first.key)
    return MailSchedule.objects.select_related("root").get(root=root(), run="monthly")


def _due_now(schedule: MailSchedule) -> Month:
    due = latest_due(schedule, timezone.now(), recorded_calendar())
    if due is None:
        raise RuntimeError("no month's mails are due today")
    return due[0]


def _send_by_hand(month: Month, codes: list[int]) -> None:
    codes.append(run("manage.py", "send_monthly", "--month", month.key).returncode)


def _all_sent() -> bool:
    return Delivery.objects.exists() and not Delivery.objects.exclude(state="sent").exists()


def _arrived(stack: Stack, month: Month, wanted: set[str], words: str) -> Outcome:
    """Every addressee has had one monthly mail; whoever is at risk one reminder beside it."""
    ids = Counter(stack.smtp.message_ids())
    monthly = Delivery.objects.exclude(kind="reminder").filter(period=month.key)
    arrived = {row.recipient for row in monthly if row.message_id in ids}
    outcome = Outcome(
        f"{words}{len(wanted)} addressees",
        duplicates=sum(times - 1 for times in ids.values())
        + monthly.count() - len(set(monthly.values_list("unit_id", flat=True))),
        lost=len(wanted - arrived),
        notes=f"{sum(ids.values())} mails arrived",
    )  # fmt: skip
    outcome.expect(_all_sent(), "not everything is called sent")
    return outcome


SCENARIOS = (
    Scenario("planners at once", "R8", at_once),
    Scenario("scheduler twice", "R8", twice),
    Scenario("Redis away on the day", "R9, R10", away),
)
