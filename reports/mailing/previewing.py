"""Mails that nobody has queued yet, as they would read if they were sent now.

Nothing is written: what is not on record is worked out for the one unit asked about.
"""

import datetime as dt
from collections.abc import Iterator, Set
from typing import Any, NamedTuple

from django.core.mail import EmailMultiAlternatives
from django.utils import timezone
from django.utils.translation import gettext as _

from reports.closing import standing_closing
from reports.closings.printed import closed_mails
from reports.emails import department_mail, unit_mail
from reports.emails.addresses import usable
from reports.emails.department import compose_department
from reports.emails.department_mail import UnitStanding
from reports.emails.message import build
from reports.emails.names import names_on
from reports.emails.sources import topic_names
from reports.emails.unit_mail import UnitCase
from reports.evaluation import Evaluated, evaluate
from reports.models import Closing, Delivery, MailKind, MailRun, MailSchedule, Reminder
from reports.periods import Month
from reports.rules.words import AT_RISK
from reports.workbook.basis import rule_set_name
from reports.workbook.data import RuleSetInUse, no_rule_set
from units.models import Unit

Run = MailSchedule.Run


class Due(NamedTuple):
    """A unit that would be written to, and what it would be reminded of: (rule, period)."""

    unit: Unit
    obligations: tuple[tuple[str, str], ...]


class NothingToSayError(LookupError):
    """The unit would get no mail of this run; the sentence says why."""


def draft(
    *, root: Unit, run: Run, month: Month, unit: Unit, now: dt.datetime
) -> EmailMultiAlternatives:
    """The mail the unit would get. Raises NothingToSayError where there would be none."""
    closing = standing_closing(root, month) if run == Run.MONTHLY else None
    delivery = _unqueued(root, run, month, unit, closing, now)
    if delivery.kind == MailKind.REMINDER:
        return _reminder(delivery)
    if delivery.kind == MailKind.MONTHLY_DEPARTMENT:
        return compose_department(delivery) if closing else _open_department(delivery, month)
    if closing is not None:
        return _as_closed(delivery, closing)
    judged = _judged(unit, delivery.run.as_of)
    case = _case(judged, delivery.run.as_of)
    return build(delivery, {**unit_mail.monthly(case, month), "rule_sets": [case.rule_set]})


def reminded_today(root: Unit, today: dt.date) -> list[Due]:
    """The units with something at risk that they have not been reminded of, in official order."""
    units = Unit.objects.below(root).with_group()
    told = set(Reminder.objects.filter(unit__in=units).values_list("unit_id", "rule", "period"))
    found = {one.unit_id: tuple(_at_risk(one, told)) for one in evaluate(units, today)}
    due = [key for key, obligations in found.items() if obligations]
    named = Unit.objects.filter(pk__in=due).named(today).order_by("rank_order", "code")
    return [Due(unit, found[unit.pk]) for unit in named]


def as_of_for(run: Run, month: Month, now: dt.datetime) -> dt.date:
    """The day the figures of such a mail are true for: never one that is yet to come."""
    today = timezone.localdate(now, timezone.get_default_timezone())
    return min(month.last, today) if run == Run.MONTHLY else today


def _unqueued(
    root: Unit, run: Run, month: Month, unit: Unit, closing: Closing | None, now: dt.datetime
) -> Delivery:
    if run == Run.REMINDER:
        kind = MailKind.REMINDER
    else:
        kind = MailKind.MONTHLY_UNIT if unit.has_group else MailKind.MONTHLY_DEPARTMENT
    day = closing.as_of if closing else as_of_for(run, month, now)
    planned = MailRun(
        root=root, run=run, period=month.key, as_of=day, closing=closing, planned_at=now
    )
    return Delivery(
        kind=kind,
        period=month.key,
        unit=unit,
        recipient=unit.email if usable(unit.email) else "nobody@localhost",
        run=planned,
        message_id="<preview@localhost>",
    )


def _reminder(delivery: Delivery) -> EmailMultiAlternatives:
    day = delivery.run.as_of
    judged = _judged(delivery.unit, day)
    told = set(Reminder.objects.filter(unit=delivery.unit).values_list("unit_id", "rule", "period"))
    obligations = set(_at_risk(judged, told))
    if not obligations:
        raise NothingToSayError(_("该单位目前没有需要提醒的事项，不会收到月中提醒。"))
    case = _case(judged, day)
    values = unit_mail.reminder(case, obligations)
    return build(delivery, {**values, "rule_sets": [case.rule_set]})


def _as_closed(delivery: Delivery, closing: Closing) -> EmailMultiAlternatives:
    values = closed_mails(closing, [delivery.unit_id]).get(delivery.unit_id)
    if not values:
        raise NothingToSayError(_("封账时该单位没有考核数据，不会收到该月的邮件。"))
    return build(delivery, values)


def _open_department(delivery: Delivery, month: Month) -> EmailMultiAlternatives:
    """The department's mail of an open month, without the workbook that will go with it."""
    root, day = delivery.unit, delivery.run.as_of
    units = Unit.objects.below(root).with_group()
    judged = list(evaluate(units, day))
    names = names_on([root.pk, *(one.unit_id for one in judged)], day)
    addresses = dict(units.values_list("id", "email"))
    values: dict[str, Any] = department_mail.monthly(
        names[root.pk].name,
        month,
        [
            UnitStanding(names[one.unit_id].short_name, one.evaluation, one.context)
            for one in judged
        ],
        topic_names(day.year),
        [names[one.unit_id].short_name for one in judged if not usable(addresses[one.unit_id])],
    )
    used = sorted({rule_set_name(_rule_set(one)) for one in judged})
    workbook = _("发送时附《集中学习情况汇总》工作簿。")
    return build(delivery, {**values, "workbook": workbook, "rule_sets": used})


def _judged(unit: Unit, day: dt.date) -> Evaluated:
    judged = next(evaluate(Unit.objects.filter(pk=unit.pk), day), None)
    if judged is None:
        raise NothingToSayError(_("该单位当年没有应完成的学习任务，不会收到邮件。"))
    return judged


def _case(judged: Evaluated, day: dt.date) -> UnitCase:
    return UnitCase(
        name=names_on([judged.unit_id], day)[judged.unit_id].name,
        evaluation=judged.evaluation,
        facts=judged.facts,
        context=judged.context,
        rule_set=rule_set_name(_rule_set(judged)),
        topics=topic_names(day.year),
    )


def _rule_set(judged: Evaluated) -> RuleSetInUse:
    found = judged.rule_set
    if found is None:
        return no_rule_set(judged.context)
    return RuleSetInUse(found.title, found.version, judged.context)


def _at_risk(judged: Evaluated, told: Set[tuple[int, str, str]]) -> Iterator[tuple[str, str]]:
    for result in judged.evaluation.results:
        if result.outcome == AT_RISK and (judged.unit_id, result.rule, result.period) not in told:
            yield result.rule, result.period
