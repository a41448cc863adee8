"""A run and its mails become rows, all at once and once only."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from django.db import transaction

from reports.emails.addresses import make_message_id
from reports.models import Delivery, MailKind, MailRun, Reminder
from units.models import Unit


@dataclass(frozen=True)
class Wanted:
    """A mail to queue, and for a reminder the obligations it speaks of."""

    kind: MailKind
    unit: Unit
    obligations: Sequence[tuple[str, str]] = field(default=())


@transaction.atomic
def queue(
    run: MailRun, wanted: Sequence[Wanted], unreached: Collection[Unit] = ()
) -> tuple[int, int]:
    """The run and its mails; how many are new and how many there were.

    `unreached` are the units it would have written to, had they an address. The run's row is
    locked, so that planners queue one after the other, and each unit gets one mail even if its
    address changed in between.
    """
    identity = {"root": run.root, "run": run.run, "period": run.period}
    fixed = ("as_of", "closing", "late", "planned_at")
    stored, _created = MailRun.objects.get_or_create(
        **identity, defaults={name: getattr(run, name) for name in fixed}
    )
    MailRun.objects.select_for_update().get(pk=stored.pk)
    there = set(stored.deliveries.values_list("kind", "unit_id"))
    new = [mail for mail in wanted if (mail.kind, mail.unit.id) not in there]
    _write(stored, new, run)
    rows = stored.deliveries.values_list("kind", "unit_id", "id")
    ids = {(kind, unit_id): row_id for kind, unit_id, row_id in rows}
    _remember(new, ids)
    stored.unreached.add(*unreached)
    stored.unreached.remove(*(mail.unit for mail in new))
    return len(ids) - len(there), len(there)


def _write(stored: MailRun, new: Sequence[Wanted], run: MailRun) -> None:
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


def _remember(new: Sequence[Wanted], ids: dict[tuple[str, int], int]) -> None:
    """What was reminded of; a unit that is not in `ids` had a mail of a wider county's run."""
    Reminder.objects.bulk_create(
        (
            Reminder(
                unit=mail.unit, rule=rule, period=period, delivery_id=ids[mail.kind, mail.unit.id]
            )
            for mail in new
            if (mail.kind, mail.unit.id) in ids
            for rule, period in mail.obligations
        ),
        batch_size=500,
        ignore_conflicts=True,
    )
