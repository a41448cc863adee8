"""What a person does to a mail by hand: hold it, let it go, send it again. Reads no clock.

Every step is a conditional update that names the state the person saw, with a line in the trail;
the lease is taken from whoever was about to send the mail.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.audit import record
from accounts.models import User
from reports.delivery import WAITING
from reports.models import Delivery, MailRun

State = Delivery.State
Origin = Mapping[str, str | None]


class WrongStateError(ValueError):
    """The mail is no longer in the state the person saw; the sentence says what to do."""


def hold(delivery: Delivery, *, by: User, at: datetime, origin: Origin | None = None) -> None:
    """A person stops a mail that has not gone out; WrongStateError once it has.

    ``origin``, here and below, says in the trail from where and in which role ``by`` acted.
    """
    _by_hand(delivery, WAITING, State.HELD, by=by, at=at, action="mail_hold", origin=origin)


def release(delivery: Delivery, *, by: User, at: datetime, origin: Origin | None = None) -> None:
    """A person lets a held mail go; it is due at once. WrongStateError if it is not held."""
    _by_hand(
        delivery, (State.HELD,), State.QUEUED, by=by, at=at, action="mail_release", origin=origin
    )


def hold_many(
    run: MailRun, ids: Sequence[int], *, by: User, at: datetime, origin: Origin | None = None
) -> int:
    """Stops those of a run's mails that have not gone out; how many."""
    return _many(run, ids, WAITING, State.HELD, by=by, at=at, action="mail_hold", origin=origin)


def release_many(
    run: MailRun, ids: Sequence[int], *, by: User, at: datetime, origin: Origin | None = None
) -> int:
    """Lets go those of a run's mails that are held; how many."""
    return _many(
        run, ids, (State.HELD,), State.QUEUED, by=by, at=at, action="mail_release", origin=origin
    )


def resend_unknown(
    delivery: Delivery, *, by: User, at: datetime, origin: Origin | None = None
) -> None:
    """A person accepts that the recipient may get the mail twice (same Message-ID)."""
    _by_hand(
        delivery, (State.UNKNOWN,), State.QUEUED, by=by, at=at, action="mail_resend", origin=origin
    )


def resend_bounced(
    delivery: Delivery, *, by: User, at: datetime, origin: Origin | None = None
) -> None:
    """Queues a refused mail anew, to the address the unit has now.

    WrongStateError also where the run of a wider or narrower county has a mail to that address.
    """
    recipient = delivery.unit.email or delivery.recipient
    try:
        _by_hand(
            delivery,
            (State.BOUNCED,),
            State.QUEUED,
            by=by,
            at=at,
            action="mail_resend",
            origin=origin,
            recipient=recipient,
        )
    except IntegrityError as error:
        said = _("另一批次已有发往 %s 的同一封邮件，请到该批次查看，不用重发。")
        raise WrongStateError(said % recipient) from error


def _by_hand(
    delivery: Delivery,
    states: Sequence[str],
    target: State,
    *,
    by: User,
    at: datetime,
    action: str,
    origin: Origin | None,
    **changes: object,
) -> None:
    with transaction.atomic():
        one = Delivery.objects.filter(id=delivery.id, state__in=states)
        if not one.update(**_moved_to(target, at), **changes):
            raise WrongStateError(_("这封邮件的状态已经变化，请刷新页面后再操作。"))
        record(
            action=action,
            at=at,
            actor=by,
            object_type="delivery",
            object_id=delivery.id,
            before={"state": delivery.state},
            after={"state": target},
            **{"unit_code": delivery.unit.code, **(origin or {})},
        )
    delivery.refresh_from_db()


def _many(
    run: MailRun,
    ids: Sequence[int],
    states: Sequence[str],
    target: State,
    *,
    by: User,
    at: datetime,
    action: str,
    origin: Origin | None,
) -> int:
    with transaction.atomic():
        rows = run.deliveries.filter(id__in=ids, state__in=states).select_for_update()
        moved = list(rows.values_list("id", flat=True))
        run.deliveries.filter(id__in=moved).update(**_moved_to(target, at))
        if moved:
            record(
                action=action,
                at=at,
                actor=by,
                object_type="mailrun",
                object_id=run.pk,
                after={"state": target, "deliveries": moved},
                **{"unit_code": run.root.code, **(origin or {})},
            )
    return len(moved)


def _moved_to(target: State, at: datetime) -> dict[str, Any]:
    """What changes with a state a person gives; a mail queued anew starts from the beginning."""
    changes: dict[str, Any] = {"state": target, "lease_token": "", "lease_until": None}
    if target == State.QUEUED:
        changes |= {"queued_at": at, "next_try_at": None, "attempts": 0, "server_words": ""}
    return changes
