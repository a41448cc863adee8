"""What mail is due now and not yet on record as queued. Harmless to run twice, or all the time.

Level-triggered: nothing here remembers having been called. A run is due from its hour of the
month's N-th working day until the next is, so one missed through a power cut is made good once,
and a unique row for each run and each mail keeps any number of planners to one of each. No
broker, no server; evaluating happens before the transaction that queues.
"""

import datetime as dt
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from reports.chunks.size import is_large
from reports.closing import standing_closing
from reports.emails.addresses import usable
from reports.evaluation import evaluate, evaluate_and_save
from reports.jobs import ask
from reports.mail_days import due_at, latest_due
from reports.models import (
    Delivery,
    Evaluation,
    Job,
    MailKind,
    MailRun,
    MailSchedule,
    Reminder,
)
from reports.periods import Month, WorkingCalendar
from reports.queueing import Wanted, queue
from reports.rules.words import AT_RISK
from units.models import Unit

logger = logging.getLogger(__name__)

Run = MailSchedule.Run
LATE_AFTER = dt.timedelta(hours=24)
AGAIN_AFTER = dt.timedelta(hours=1)
"""So long a large county's run is left alone that its job could not plan."""


class NotDueError(ValueError):
    """The month's mails may not be queued; the sentence says why."""


@dataclass(frozen=True)
class Planned:
    """What a run came to: new and old mails, and the units no mail can reach."""

    root: Unit
    run: str
    period: str
    queued: int
    already: int
    without_address: Sequence[Unit] = ()


def plan_due(*, now: dt.datetime, calendar: WorkingCalendar) -> list[Planned]:
    """Queues every run that is due at `now`. One county's trouble stops no other's."""
    planned = []
    for schedule in MailSchedule.objects.filter(enabled=True).select_related("root").order_by("id"):
        try:
            result = _plan(schedule, now, calendar)
        except Exception:
            logger.exception("run %s of %s not planned", schedule.run, schedule.root.code)
        else:
            planned += [result] if result else []
    return planned


def plan_month(root: Unit, month: Month, *, now: dt.datetime, calendar: WorkingCalendar) -> Planned:
    """Queues a month's mails because a person asks for it, due or not.

    Asked again it queues nothing twice, only what units that had no address then lack. Raises
    NotDueError for a month that is not over or lies before the county's first period.
    """
    schedule = check_month(root, month, now=now)
    due = due_at(schedule, month.next, calendar) if schedule else now
    return _queue_monthly(root, month, now=now, late=now > due + LATE_AFTER)


def ask_month(
    root: Unit, month: Month, *, asked_by: User, now: dt.datetime, calendar: WorkingCalendar
) -> Job:
    """The job that does for a large county what `plan_month` does, and raises as that does."""
    schedule = check_month(root, month, now=now)
    due = due_at(schedule, month.next, calendar) if schedule else now
    late = now > due + LATE_AFTER
    return ask_mails(root, Run.MONTHLY, month, asked_by=asked_by, now=now, late=late)


def ask_mails(
    root: Unit,
    run: MailSchedule.Run,
    period: Month,
    *,
    asked_by: User | None,
    now: dt.datetime,
    late: bool,
) -> Job:
    """The job that evaluates a large county and queues a run; one while it is unfinished."""
    as_of = (
        period.last
        if run == Run.MONTHLY
        else timezone.localdate(now, timezone.get_default_timezone())
    )
    job, _new = ask(
        kind=Job.Task.MONTHLY if run == Run.MONTHLY else Job.Task.REMINDER,
        root=root,
        parameters={"period": period.key, "as_of": as_of.isoformat(), "late": late},
        key=_key(root, run, period),
        asked_by=asked_by,
        at=now,
    )
    return job


def _key(root: Unit, run: str, period: Month) -> str:
    return f"mails:{root.code}:{run}:{period.key}"


def _failed_lately(root: Unit, run: str, period: Month, now: dt.datetime) -> bool:
    """Whether the last job of the run failed a short while ago, by whatever clock."""
    last = Job.objects.filter(asked_key=_key(root, run, period)).order_by("id").last()
    if last is None or last.state != Job.State.FAILED or last.finished_at is None:
        return False
    return abs(now - last.finished_at) < AGAIN_AFTER


def preview_month(root: Unit, month: Month, *, now: dt.datetime) -> Planned:
    """What `plan_month` would come to, as far as addresses tell; writes nothing."""
    check_month(root, month, now=now)
    reached, others = addressees(root, month)
    there = MailRun.objects.filter(root=root, run=Run.MONTHLY, period=month.key)
    already = set(Delivery.objects.filter(run__in=there).values_list("unit_id", flat=True))
    new = [unit for unit in reached if unit.id not in already]
    return Planned(root, Run.MONTHLY, month.key, len(new), len(already), others)


def check_month(root: Unit, month: Month, *, now: dt.datetime) -> MailSchedule | None:
    """The county's schedule; NotDueError if the month's mails may not be queued at `now`."""
    schedule = MailSchedule.objects.filter(root=root, run=Run.MONTHLY).first()
    if timezone.localdate(now, timezone.get_default_timezone()) <= month.last:
        raise NotDueError(_("%s尚未结束，月度邮件须在次月发送。") % month.label)
    if schedule and month.key < schedule.first_period:
        raise NotDueError(
            _("%(month)s早于本县（区）的起始月份 %(first)s，不发送邮件。")
            % {"month": month.label, "first": schedule.first_period}
        )
    return schedule


def roots() -> list[Unit]:
    """The units that send mails: those with a monthly schedule, else those above all others."""
    scheduled = Unit.objects.filter(mail_schedules__run=Run.MONTHLY)
    return list(scheduled) or list(Unit.objects.filter(parent=None, has_group=False))


def addressees(root: Unit, month: Month) -> tuple[list[Unit], list[Unit]]:
    """Those a mail can reach, and the others, in official order.

    The units with a group that existed in the month, and the root, the department itself.
    """
    units = Unit.objects.with_group().existing_in(month.first, month.last)
    wanted = units | Unit.objects.filter(pk=root.pk)
    reached: list[Unit] = []
    others: list[Unit] = []
    for unit in wanted.below(root).order_by("rank_order", "code"):
        (reached if usable(unit.email) else others).append(unit)
    return reached, others


def _plan(schedule: MailSchedule, now: dt.datetime, calendar: WorkingCalendar) -> Planned | None:
    due = latest_due(schedule, now, calendar)
    if due is None:
        return None
    period, at = due
    root, run = schedule.root, schedule.run
    there = MailRun.objects.filter(root=root, run=run, period=period.key).first()
    if there is not None:
        return _made_good(there, now)
    late = now > at + LATE_AFTER
    if is_large(root):
        if not _failed_lately(root, run, period, now):
            ask_mails(root, Run(run), period, asked_by=None, now=now, late=late)
        return None
    if run == Run.MONTHLY:
        return _queue_monthly(root, period, now=now, late=late)
    return _queue_reminders(root, period, now=now, late=late)


def _made_good(run: MailRun, now: dt.datetime) -> Planned | None:
    """The mails of units that had no usable address when the run was planned, and have one now.

    A reminder speaks only of what was at risk then and still is.
    """
    units = [unit for unit in run.unreached.all() if usable(unit.email)]
    if not units:
        return None
    if run.run == Run.MONTHLY:
        wanted = [Wanted(_monthly_kind(unit), unit) for unit in units]
    else:
        wanted = _still_at_risk(units, run.as_of, now)
    run.planned_at = now
    queued, already = queue(run, wanted)
    run.unreached.remove(*units)  # last: who dies before finds them here again
    return Planned(run.root, run.run, run.period, queued, already) if queued else None


def _still_at_risk(units: Sequence[Unit], as_of: dt.date, now: dt.datetime) -> list[Wanted]:
    today = timezone.localdate(now, timezone.get_default_timezone())
    then = dict(_at_risk(units, as_of))
    wanted = []
    for judged in evaluate(Unit.objects.filter(pk__in=[unit.pk for unit in units]), today):
        results = judged.evaluation.results
        open_now = {(row.rule, row.period) for row in results if row.outcome == AT_RISK}
        both = [key for key in then.get(judged.unit_id, ()) if key in open_now]
        if both:
            unit = next(unit for unit in units if unit.pk == judged.unit_id)
            wanted.append(Wanted(MailKind.REMINDER, unit, both))
    return wanted


def _monthly_kind(unit: Unit) -> MailKind:
    return MailKind.MONTHLY_UNIT if unit.has_group else MailKind.MONTHLY_DEPARTMENT


def _queue_monthly(root: Unit, month: Month, *, now: dt.datetime, late: bool) -> Planned:
    if standing_closing(root, month) is None:
        evaluate_and_save(root=root, as_of=month.last, at=now)
    return queue_monthly(root, month, now=now, late=late)


def queue_monthly(root: Unit, month: Month, *, now: dt.datetime, late: bool) -> Planned:
    """Queues a month's mails to all units that have been closed or evaluated."""
    closing = standing_closing(root, month)
    if closing is None:
        evaluations = Evaluation.objects.filter(closing=None, as_of=month.last)
    else:
        evaluations = Evaluation.objects.filter(closing=closing)
    evaluated = set(evaluations.values_list("unit_id", flat=True))
    reached, others = addressees(root, month)
    written = {unit.id for unit in reached + others if unit.id in evaluated or not unit.has_group}
    wanted = [Wanted(_monthly_kind(unit), unit) for unit in reached if unit.id in written]
    run = MailRun(
        root=root,
        run=Run.MONTHLY,
        period=month.key,
        as_of=closing.as_of if closing else month.last,
        closing=closing,
        late=late,
        planned_at=now,
    )
    queued, already = queue(run, wanted, [unit for unit in others if unit.id in written])
    return Planned(root, Run.MONTHLY, month.key, queued, already, others)


def _queue_reminders(root: Unit, month: Month, *, now: dt.datetime, late: bool) -> Planned:
    as_of = timezone.localdate(now, timezone.get_default_timezone())
    evaluate_and_save(root=root, as_of=as_of, at=now)
    return queue_reminders(root, month, as_of=as_of, now=now, late=late)


def queue_reminders(
    root: Unit, month: Month, *, as_of: dt.date, now: dt.datetime, late: bool
) -> Planned:
    """Queues reminders to all units that were evaluated at the day and have something at risk."""
    reached, others = addressees(root, month)
    at_risk = dict(_at_risk(reached + others, as_of))
    wanted = [
        Wanted(MailKind.REMINDER, unit, at_risk[unit.id]) for unit in reached if unit.id in at_risk
    ]
    run = MailRun(
        root=root, run=Run.REMINDER, period=month.key, as_of=as_of, late=late, planned_at=now
    )
    without = [unit for unit in others if unit.id in at_risk]
    queued, already = queue(run, wanted, without)
    return Planned(root, Run.REMINDER, month.key, queued, already, without)


def _at_risk(units: Sequence[Unit], as_of: dt.date) -> Iterator[tuple[int, list[tuple[str, str]]]]:
    """Units and what is at risk there, but for what they have been reminded of."""
    told = set(Reminder.objects.filter(unit__in=units).values_list("unit_id", "rule", "period"))
    rows = Evaluation.objects.filter(unit__in=units, closing=None, as_of=as_of)
    for unit_id, results in rows.values_list("unit_id", "results"):
        open_now = [
            (result["rule"], result["period"])
            for result in results
            if result["outcome"] == AT_RISK
            and (unit_id, result["rule"], result["period"]) not in told
        ]
        if open_now:
            yield unit_id, open_now
