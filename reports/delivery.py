"""The states of a mail, and who may move it from one to the next.

    queued → sending → sent | bounced | retry | unknown        (held: a person stopped it)

A sender claims rows with a lease and a token of its own; every later step is a conditional
update that names the token, so a sender that lost its lease changes nothing. `sending` is
committed immediately before the message's DATA: who dies after that leaves *unknown*, which no
machine sends again. What people do by hand is in mail_by_hand.py. Reads no clock and talks to no
server.
"""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from reports.models import Delivery

State = Delivery.State

CHUNK = 25
"""Mails a sender takes at a time and sends over one connection."""
LEASE = timedelta(seconds=settings.MAIL_LEASE_SECONDS)
"""Longer than DATA can take under EMAIL_TIMEOUT, which limits each of its few exchanges."""
BACK_OFF = (timedelta(minutes=5), timedelta(minutes=30), timedelta(minutes=120))
"""Waiting time after the first, the second and every further temporary refusal."""
GIVE_UP_AFTER = timedelta(hours=24)
"""So long a mail waits in all between refusals."""
PAUSE = timedelta(minutes=5)
"""How long a server is left alone that cannot be reached or does not answer."""
FAR = LEASE + timedelta(days=1)
"""Longer than any mail waits or is held by a sender: a later moment comes from a clock that ran
ahead and has been set back."""
WAITING = (State.QUEUED, State.RETRY)
UNDER_WAY = (State.SENDING, State.UNKNOWN)


def due(now: datetime) -> QuerySet[Delivery]:
    """Mails a sender may take now; a lease that ran out before DATA counts for nothing."""
    return Delivery.objects.filter(
        Q(next_try_at__isnull=True) | Q(next_try_at__lte=now),
        Q(lease_until__isnull=True) | Q(lease_until__lte=now),
        state__in=WAITING,
    )


def claim(*, now: datetime, limit: int = CHUNK) -> tuple[str, list[int]]:
    """Takes up to `limit` due mails, oldest first: the lease's token and the rows' ids.

    Goes on until the chunk is full: a rival's claims fall out of what was selected, and every
    chunk costs a connection.
    """
    token = secrets.token_hex(16)
    taken: list[int] = []
    while len(taken) < limit:
        with transaction.atomic():
            waiting = due(now).order_by("id").select_for_update(skip_locked=True)
            ids = list(waiting.values_list("id", flat=True)[: limit - len(taken)])
            Delivery.objects.filter(id__in=ids).update(lease_token=token, lease_until=now + LEASE)
        if not ids:
            break
        taken += ids
    return token, taken


def begin(
    delivery_id: int, token: str, *, now: datetime, sent: Mapping[int, datetime] | None = None
) -> bool:
    """Commits `sending`; False if the lease was lost or a person holds the mail.

    `sent` are mails the server took just before, with the time: they are marked in the same
    commit, which halves what sending costs the database's disk.
    """
    with transaction.atomic():
        for earlier_id, at in (sent or {}).items():
            mark_sent(earlier_id, token, now=at)
        return bool(
            _leased(token, WAITING)
            .filter(id=delivery_id)
            .update(
                state=State.SENDING,
                attempts=F("attempts") + 1,
                lease_until=now + LEASE,
                server_words="",
            )
        )


def mark_sent(delivery_id: int, token: str, *, now: datetime) -> bool:
    """The server took the mail. Holds also where a sweep had called it unknown meanwhile."""
    return _end(delivery_id, token, UNDER_WAY, state=State.SENT, sent_at=now)


def mark_bounced(delivery_id: int, token: str, *, words: str, begun: bool) -> bool:
    """The server refused the mail for good; `words` are its own, `begun` as below."""
    return _end(
        delivery_id,
        token,
        UNDER_WAY if begun else WAITING,
        state=State.BOUNCED,
        attempts=F("attempts") + int(not begun),
        server_words=words,
    )


def mark_unknown(delivery_id: int, token: str, *, words: str) -> bool:
    """Nobody can say whether the server took the mail."""
    return _end(delivery_id, token, (State.SENDING,), state=State.UNKNOWN, server_words=words)


def mark_unbuilt(delivery_id: int, token: str, *, words: str) -> bool:
    """The mail could not be put together: held until a person has mended the cause."""
    return _end(delivery_id, token, WAITING, state=State.HELD, server_words=words)


def mark_refused_for_now(
    delivery_id: int, token: str, *, now: datetime, words: str, begun: bool
) -> bool:
    """A temporary refusal (4xx): again after 5, 30, 120 minutes; given up after 24 hours of it.

    `begun` says whether the refusal came after `begin`, which has counted the attempt.
    """
    mine = Delivery.objects.filter(id=delivery_id, lease_token=token)
    counted = mine.values_list("attempts", flat=True).first()
    if counted is None:
        return False
    attempts = counted + int(not begun)
    # By number: hours without a server to be reached, or a clock that was set, end no mail.
    waits = [BACK_OFF[min(number, len(BACK_OFF) - 1)] for number in range(attempts)]
    if sum(waits, timedelta()) > GIVE_UP_AFTER:
        given_up = _("24 小时内多次尝试均未成功，不再重试。服务器答复：%s") % words
        return mark_bounced(delivery_id, token, words=given_up, begun=begun)
    return _end(
        delivery_id,
        token,
        UNDER_WAY if begun else WAITING,
        state=State.RETRY,
        attempts=attempts,
        next_try_at=now + waits[-1],
        server_words=words,
    )


def put_back(ids: Sequence[int], token: str, *, until: datetime | None, words: str = "") -> int:
    """Gives claimed mails back untried, to be taken again from `until` on.

    That the server could not be reached is no attempt at any one mail, and never ends it.
    """
    changes: dict[str, object] = {"lease_token": "", "lease_until": None}
    if until is not None:
        changes |= {"next_try_at": until, "server_words": words}
    return _leased(token, WAITING).filter(id__in=ids).update(**changes)


def pause_all(*, until: datetime) -> int:
    """Circuit breaker: no sender takes a waiting mail before `until`."""
    sooner = Q(next_try_at__isnull=True) | Q(next_try_at__lt=until)
    return Delivery.objects.filter(sooner, state__in=WAITING).update(next_try_at=until)


def sweep(*, now: datetime) -> int:
    """Whoever was sending these died or hangs: they become unknown. Returns how many.

    The token stays, so that a sender that was merely slow can still say what came of it. Mails
    that a clock now set back put off for long are due at once.
    """
    too_far = Q(next_try_at__gt=now + FAR) | Q(lease_until__gt=now + FAR)
    put_off = Delivery.objects.filter(too_far, state__in=WAITING)
    put_off.update(next_try_at=None, lease_token="", lease_until=None)
    left = Q(lease_until__lte=now) | Q(lease_until__gt=now + FAR)
    return Delivery.objects.filter(left, state=State.SENDING).update(
        state=State.UNKNOWN,
        server_words=_("发送程序在投递过程中中断，无法确认对方是否收到。"),
    )


def _leased(token: str, states: Sequence[str]) -> QuerySet[Delivery]:
    return Delivery.objects.filter(lease_token=token, state__in=states)


def _end(delivery_id: int, token: str, states: Sequence[str], **changes: object) -> bool:
    """Ends an attempt; the token goes too unless the outcome may still become known."""
    if changes["state"] != State.UNKNOWN:
        changes |= {"lease_token": "", "lease_until": None}
    return bool(_leased(token, states).filter(id=delivery_id).update(**changes))
