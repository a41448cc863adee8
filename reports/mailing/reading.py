"""Runs and mails as the pages show them."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Min

from reports import clock_guard
from reports.centre.lines import said
from reports.emails.addresses import usable
from reports.mail_days import latest_due, next_due
from reports.models import Delivery, Job, MailRun, MailSchedule
from reports.periods import Month, WorkingCalendar
from reports.querysets import DeliveryQuerySet
from units.models import Unit

State = Delivery.State
TONES = {
    State.QUEUED: "pending",
    State.SENDING: "pending",
    State.SENT: "met",
    State.BOUNCED: "missed",
    State.RETRY: "at_risk",
    State.UNKNOWN: "at_risk",
    State.HELD: "waived",
}
TOLD_FOR = dt.timedelta(days=31)
"""So long a run that could not be planned is told of."""


@dataclass(frozen=True)
class StateCount:
    """So many mails are in the state."""

    key: str
    word: str
    tone: str
    number: int


@dataclass(frozen=True)
class RunLine:
    """A run with what became of its mails; `unreached` units have no usable address."""

    run: MailRun
    period: str
    states: list[StateCount]
    total: int
    unreached: int


@dataclass(frozen=True)
class Upcoming:
    """A kind of run and when it is due next; `is_due` when its time has come and it waits."""

    schedule: MailSchedule
    period: Month
    at: dt.datetime
    is_due: bool


@dataclass(frozen=True)
class Planning:
    """A run of a large county that workers plan, or could not: how far they are, or why."""

    label: str
    said: str
    has_failed: bool


@dataclass(frozen=True)
class Alarms:
    """What a person should look into. `paused` mails wait for a server until `paused_until`."""

    clock_ahead: dt.timedelta | None
    paused: int
    paused_until: dt.datetime | None
    server_words: str
    unknown: int
    bounced: int
    held: int
    without_address: int


def run_lines(runs: Sequence[MailRun]) -> list[RunLine]:
    """Two queries for any number of runs."""
    ids = [run.pk for run in runs]
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    rows = Delivery.objects.filter(run__in=ids).order_by().values_list("run_id", "state")
    for run_id, state, number in rows.annotate(number=Count("id")):
        counts[run_id][state] = number
    through = MailRun.unreached.through.objects.filter(mailrun_id__in=ids).order_by()
    missing = dict(through.values_list("mailrun_id").annotate(number=Count("id")))
    return [
        RunLine(
            run=run,
            period=Month.parse(run.period).label,
            states=state_counts(counts[run.pk]),
            total=counts[run.pk].total(),
            unreached=missing.get(run.pk, 0),
        )
        for run in runs
    ]


def state_counts(numbers: Counter[str]) -> list[StateCount]:
    """The states that occur, in their own order."""
    return [
        StateCount(state.value, str(state.label), TONES[state], numbers[state])
        for state in State
        if numbers[state]
    ]


def upcoming(
    schedules: Sequence[MailSchedule], now: dt.datetime, calendar: WorkingCalendar
) -> list[Upcoming]:
    """Each enabled schedule's next run, or the one whose time has come and that is not queued."""
    found = []
    for schedule in schedules:
        due = latest_due(schedule, now, calendar)
        there = (
            due is not None
            and MailRun.objects.filter(
                root=schedule.root, run=schedule.run, period=due[0].key
            ).exists()
        )
        if due is not None and not there:
            found.append(Upcoming(schedule, *due, is_due=True))
        else:
            found.append(Upcoming(schedule, *next_due(schedule, now, calendar), is_due=False))
    return found


def planning(root: Unit, now: dt.datetime) -> list[Planning]:
    """The runs whose last job is not finished or has failed, the latest first; one query."""
    kinds = (Job.Task.MONTHLY, Job.Task.REMINDER)
    asked = Job.objects.filter(root=root, kind__in=kinds, asked_at__gte=now - TOLD_FOR)
    last: dict[str, Job] = {}
    for job in asked.order_by("-id"):
        last.setdefault(job.asked_key, job)
    told = {*Job.UNFINISHED, Job.State.FAILED}
    return [
        Planning(
            label=f"{Month.parse(job.parameters['period']).label}{job.get_kind_display()}",
            said=said(job, now, 0),
            has_failed=job.state == Job.State.FAILED,
        )
        for job in last.values()
        if job.state in told
    ]


def without_address(root: Unit, on: dt.date) -> list[Unit]:
    """Units that mails should reach and cannot: the root, and those with a group of today."""
    units = Unit.objects.with_group().existing_in(on, on) | Unit.objects.filter(pk=root.pk)
    named = units.below(root).named(on).select_related("category").order_by("rank_order", "code")
    return [unit for unit in named if not usable(unit.email)]


def alarms(mails: DeliveryQuerySet, *, root: Unit, now: dt.datetime, on: dt.date) -> Alarms:
    """What stands out among the mails the role may see; four queries at most."""
    states = Counter(dict(mails.order_by().values_list("state").annotate(number=Count("id"))))
    paused = mails.filter(state=State.QUEUED, next_try_at__gt=now)
    waiting = paused.aggregate(number=Count("id"), until=Min("next_try_at"))
    answers = paused.exclude(server_words="").values_list("server_words", flat=True)
    units = Unit.objects.with_group().existing_in(on, on) | Unit.objects.filter(pk=root.pk)
    addresses = units.below(root).order_by().values_list("email", flat=True)
    return Alarms(
        clock_ahead=clock_guard.ahead(clock_guard.read_clocks()),
        paused=waiting["number"],
        paused_until=waiting["until"],
        server_words=(answers.first() or "") if waiting["number"] else "",
        unknown=states[State.UNKNOWN],
        bounced=states[State.BOUNCED],
        held=states[State.HELD],
        without_address=sum(not usable(address) for address in addresses),
    )
