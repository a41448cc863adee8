"""Deliveries → messages, a chunk at a time: evaluations and facts are read once for all of them.

What a run's mails say is fixed by its `as_of`, and by its closing where the month was closed.
One mail that cannot be built gives its error in place of a message and spoils no other.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, TypeAlias

from django.core.mail import EmailMessage

from reports.closings.printed import closed_mails
from reports.emails import unit_mail
from reports.emails.department import compose_department
from reports.emails.message import build
from reports.emails.sources import Sources
from reports.models import Delivery, MailKind, MailRun, Reminder
from reports.periods import Month

Composed: TypeAlias = EmailMessage | Exception


def compose(ids: Sequence[int]) -> dict[int, Composed]:
    """A message or the error that prevented it for each of the deliveries, by id."""
    rows = (
        Delivery.objects.filter(id__in=ids)
        .select_related("run__closing", "run__root", "unit")
        .order_by("id")
    )
    by_run: dict[MailRun, list[Delivery]] = defaultdict(list)
    for delivery in rows:
        by_run[delivery.run].append(delivery)
    composed: dict[int, Composed] = {}
    for run, deliveries in by_run.items():
        composed |= _of_run(run, deliveries)
    return composed


def _of_run(run: MailRun, deliveries: Sequence[Delivery]) -> dict[int, Composed]:
    to_units = [row for row in deliveries if row.kind != MailKind.MONTHLY_DEPARTMENT]
    unit_ids = [row.unit_id for row in to_units]
    if run.closing is not None:
        return _of_closed_month(deliveries, closed_mails(run.closing, unit_ids))
    sources = Sources(run, unit_ids)
    reminded = _reminded(to_units)
    composed: dict[int, Composed] = {}
    for delivery in deliveries:
        if delivery.kind == MailKind.MONTHLY_DEPARTMENT:
            composed[delivery.id] = _or_error(compose_department, delivery)
        else:
            composed[delivery.id] = _or_error(
                _to_unit, delivery, sources, reminded.get(delivery.id, ())
            )
    return composed


def _of_closed_month(
    deliveries: Sequence[Delivery], kept: Mapping[int, Mapping[str, Any]]
) -> dict[int, Composed]:
    """What was fixed at closing is sent, whatever is on record today."""
    composed: dict[int, Composed] = {}
    for delivery in deliveries:
        if delivery.kind == MailKind.MONTHLY_DEPARTMENT:
            composed[delivery.id] = _or_error(compose_department, delivery)
        else:
            composed[delivery.id] = _or_error(_as_closed, delivery, kept)
    return composed


def _as_closed(delivery: Delivery, kept: Mapping[int, Mapping[str, Any]]) -> EmailMessage:
    return build(delivery, kept[delivery.unit_id])


def _or_error(make: Callable[..., EmailMessage], *arguments: Any) -> Composed:
    try:
        return make(*arguments)
    except Exception as error:  # the row is held with it, and somebody told
        return error


def _to_unit(
    delivery: Delivery, sources: Sources, reminded: Collection[tuple[str, str]]
) -> EmailMessage:
    case = sources.case(delivery.unit_id)
    values: Mapping[str, Any]
    if delivery.kind == MailKind.REMINDER:
        values = unit_mail.reminder(case, reminded)
    else:
        values = unit_mail.monthly(case, Month.parse(delivery.period))
    return build(delivery, {**values, "rule_sets": [case.rule_set]})


def _reminded(deliveries: Sequence[Delivery]) -> dict[int, set[tuple[str, str]]]:
    ids = [row.id for row in deliveries if row.kind == MailKind.REMINDER]
    found: dict[int, set[tuple[str, str]]] = defaultdict(set)
    if ids:
        rows = Reminder.objects.filter(delivery__in=ids)
        for delivery_id, rule, period in rows.values_list("delivery_id", "rule", "period"):
            found[delivery_id].add((rule, period))
    return found
