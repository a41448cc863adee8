"""What mail is due now and not yet on record as queued. Harmless to run twice, or all the time.

Level-triggered: nothing here remembers having been called. A run is due from its hour of the
month's N-th working day until the next is, so one missed through a power cut is made good once,
and a unique row for each run and each mail keeps any number of planners to one of each. No
broker, no server; evaluating happens before the transaction that queues.
"""

import datetime as dt
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from reports.closing import standing_closing
from reports.emails.addresses import make_message_id, usable
from reports.evaluation import evaluate_and_save
from reports.models import (
    Delivery,
    Evaluation,
    MailKind,
    MailRun,
    MailSchedule,
    Reminder,
)
from reports.periods import Month, WorkingCalendar
from reports.rules.words import AT_RISK
from units.models import Unit

logger = logging.getLogger(__name__)

Run = MailSchedule.Run
LATE_AFTER = dt.timedelta(hours=24)


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


@dataclass(frozen=True)
class _Wanted:
    """A mail to queue, and for a reminder the obligations it speaks of."""

    kind: MailKind
    unit: Unit
    obligations: Sequence[tuple[str, str]] = field(default=())


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
    if schedule.run == Run.MONTHLY:
        if at > now:
            held = held.previous
            at = due_at(schedule, held, calendar)
        period = held.previous
    else:
        period = held
    if at > now or period.key < schedule.first_period:
        return None
    return period, at


def _plan(schedule: MailSchedule, now: dt.datetime, calendar: WorkingCalendar) -> Planned | None:
    due = latest_due(schedule, now, calendar)
    if due is None:
        return None
    period, at = due
    root, run = schedule.root, schedule.run
    if MailRun.objects.filter(root=root, run=run, period=period.key).exists():
        return None
    late = now > at + LATE_AFTER
    if run == Run.MONTHLY:
        return _queue_monthly(root, period, now=now, late=late)
    return _queue_reminders(root, period, now=now, late=late)


def _queue_monthly(root: Unit, month: Month, *, now: dt.datetime, late: bool) -> Planned:
    closing = standing_closing(root, month)
    if closing is None:
        evaluate_and_save(root=root, as_of=month.last, at=now)
        evaluations = Evaluation.objects.filter(closing=None, as_of=month.last)
    else:
        evaluations = Evaluation.objects.filter(closing=closing)
    evaluated = set(evaluations.values_list("unit_id", flat=True))
    reached, others = addressees(root, month)
    wanted = [
        _Wanted(MailKind.MONTHLY_UNIT if unit.has_group else MailKind.MONTHLY_DEPARTMENT, unit)
        for unit in reached
        if unit.id in evaluated or not unit.has_group
    ]
    run = MailRun(
        root=root,
        run=Run.MONTHLY,
        period=month.key,
        as_of=closing.as_of if closing else month.last,
        closing=closing,
        late=late,
        planned_at=now,
    )
    queued, already = _queue(run, wanted)
    return Planned(root, Run.MONTHLY, month.key, queued, already, others)


def _queue_reminders(root: Unit, month: Month, *, now: dt.datetime, late: bool) -> Planned:
    as_of = timezone.localdate(now, timezone.get_default_timezone())
    evaluate_and_save(root=root, as_of=as_of, at=now)
    reached, others = addressees(root, month)
    at_risk = dict(_at_risk(reached + others, as_of))
    wanted = [
        _Wanted(MailKind.REMINDER, unit, at_risk[unit.id]) for unit in reached if unit.id in at_risk
    ]
    run = MailRun(
        root=root, run=Run.REMINDER, period=month.key, as_of=as_of, late=late, planned_at=now
    )
    queued, already = _queue(run, wanted)
    without = [unit for unit in others if unit.id in at_risk]
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


@transaction.atomic
def _queue(run: MailRun, wanted: Sequence[_Wanted]) -> tuple[int, int]:
    """The run and its mails, all at once; how many are new and how many there were.

    The run's row is locked, so that planners queue one after the other, and each unit gets one
    mail even if its address changed in between.
    """
    identity = {"root": run.root, "run": run.run, "period": run.period}
    fixed = ("as_of", "closing", "late", "planned_at")
    stored, _created = MailRun.objects.get_or_create(
        **identity, defaults={name: getattr(run, name) for name in fixed}
    )
    MailRun.objects.select_for_update().get(pk=stored.pk)
    there = set(stored.deliveries.values_list("kind", "unit_id"))
    new = [mail for mail in wanted if (mail.kind, mail.unit.id) not in there]
    Delivery.objects.bulk_create(
        (
            Delivery(
                kind=mail.kind,
                period=run.period,
                unit=mail.unit,
                recipient=mail.unit.email,
                run=stored,
                message_id=make_message_id(mail.kind, run.period, mail.unit),
                queued_at=run.planned_at,
            )
            for mail in new
        ),
        batch_size=500,
        ignore_conflicts=True,
    )
    rows = stored.deliveries.values_list("kind", "unit_id", "id")
    ids = {(kind, unit_id): row_id for kind, unit_id, row_id in rows}
    Reminder.objects.bulk_create(
        (
            Reminder(
                unit=mail.unit, rule=rule, period=period, delivery_id=ids[mail.kind, mail.unit.id]
            )
            for mail in new
            if (mail.kind, mail.unit.id) in ids  # else a wider county's run has written to it
            for rule, period in mail.obligations
        ),
        batch_size=500,
        ignore_conflicts=True,
    )
    return len(ids) - len(there), len(there)
