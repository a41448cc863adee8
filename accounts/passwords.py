"""Setting passwords, and when one has to be changed."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from accounts.models import OldPassword, SignIn, User
from accounts.sign_ins import end_all


def set_password(*, user: User, password: str, at: datetime, keep: int | None = None) -> None:
    """Sets a validated password chosen by the user; ends the other sessions, and links by which
    another could be set.

    The session with the id ``keep`` goes on. Only the hashes the history needs are kept.
    """
    with transaction.atomic():
        user.set_password(password)
        user.must_change_password = False
        user.password_changed_at = at
        user.save(update_fields=["password", "must_change_password", "password_changed_at"])
        OldPassword.objects.create(user=user, password=user.password, set_at=at)
        remembered = user.old_passwords.values_list("pk", flat=True)[: settings.PASSWORD_HISTORY]
        user.old_passwords.exclude(pk__in=list(remembered)).delete()
        user.one_time_links.filter(used_at__isnull=True).delete()
        end_all(user=user, at=at, end=SignIn.End.PASSWORD, keep=keep)


def expires_at(user: User) -> datetime:
    set_at = user.password_changed_at or user.created_at
    return set_at + timedelta(days=settings.PASSWORD_MAX_AGE_DAYS)


def must_change(user: User, now: datetime) -> bool:
    """Whether nothing but changing the password is open to the user."""
    return user.must_change_password or now >= expires_at(user)


def days_left(user: User, now: datetime) -> int | None:
    """Whole days until the password expires, once that is near enough to be told."""
    days = (expires_at(user) - now).days
    return days if days <= settings.PASSWORD_WARNING_DAYS else None
