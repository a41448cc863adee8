"""Browser sessions: opening them, ending them, judging whether they still hold."""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction

from accounts.models import SignIn, User

SESSION_NAME = "sign_in"
# How exactly the last use is known; spares a write with each request.
SEEN_EVERY = timedelta(seconds=30)
End = SignIn.End


def open_sign_in(*, user: User, at: datetime, address: str | None, device: str) -> SignIn:
    """Opens a session and ends the oldest beyond the number a user may have at once."""
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        opened = SignIn.objects.create(
            user=user,
            at=at,
            seen_at=at,
            idle_minutes=settings.IDLE_MINUTES,
            address=address,
            device=device[:200],
        )
        running = user.sign_ins.running().values_list("pk", flat=True)
        surplus = list(running)[settings.CONCURRENT_SESSIONS :]
        SignIn.objects.filter(pk__in=surplus).update(ended_at=at, end=End.NEWER)
    return opened


def end_sign_in(*, sign_in: SignIn, at: datetime, end: str) -> bool:
    """Ends one session; False if it had ended before."""
    ended = SignIn.objects.filter(pk=sign_in.pk).running().update(ended_at=at, end=end)
    return ended == 1


def end_all(*, user: User, at: datetime, end: str, keep: int | None = None) -> int:
    """Ends every session of the user but the one with the id ``keep``; returns how many."""
    running = user.sign_ins.running()
    if keep is not None:
        running = running.exclude(pk=keep)
    return running.update(ended_at=at, end=end)


def sign_in_of(session: SessionBase, user: User) -> SignIn | None:
    """The row this browser session names, if it is the user's."""
    return user.sign_ins.filter(pk=session.get(SESSION_NAME, 0)).first()


def why_over(sign_in: SignIn, now: datetime) -> str:
    """Why the session may not go on; empty while it may."""
    if sign_in.ended_at is not None:
        return sign_in.end
    if now - sign_in.at >= timedelta(hours=settings.SESSION_HOURS):
        return End.AGED
    if now - sign_in.seen_at >= timedelta(minutes=sign_in.idle_minutes):
        return End.IDLE
    return ""


def note_use(sign_in: SignIn, now: datetime) -> None:
    if now - sign_in.seen_at >= SEEN_EVERY:
        SignIn.objects.filter(pk=sign_in.pk).update(seen_at=now)
