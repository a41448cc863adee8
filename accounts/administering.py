"""What system and security administrators do to other people's accounts."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from accounts.lockout import release
from accounts.models import SignIn, User
from accounts.one_time_links import create_link
from accounts.sign_ins import end_all


class AccountError(ValueError):
    """It cannot be done to this account; the message says why to the user."""


def create_account(*, username: str, full_name: str, email: str, at: datetime) -> tuple[User, str]:
    """Creates an account without a password; returns it and the token by which its owner sets
    one. Raises IntegrityError if somebody was faster with the same user name.
    """
    with transaction.atomic():
        user = User.objects.create_user(username=username, full_name=full_name)
        User.objects.filter(pk=user.pk).update(email=email)
        return user, create_link(user=user, at=at)


def edit_account(*, user: User, full_name: str, email: str, version: int) -> bool:
    """Changes whose account it is said to be and where mail goes; False, and nothing changes, if
    somebody edited it after ``version``.
    """
    standing = User.objects.filter(pk=user.pk, version=version)
    changed = standing.update(full_name=full_name, email=email, version=F("version") + 1)
    return changed == 1


def disable_account(*, user: User, at: datetime) -> bool:
    """Nobody signs in with it any more and whoever has is signed out; False if it was so before."""
    with transaction.atomic():
        changed = User.objects.filter(pk=user.pk, is_active=True).update(is_active=False)
        user.one_time_links.filter(used_at__isnull=True).delete()
        end_all(user=user, at=at, end=SignIn.End.BY_ADMIN)
    return changed == 1


def enable_account(*, user: User) -> bool:
    """The old password and the roles in force hold again; False if the account was enabled."""
    return User.objects.filter(pk=user.pk, is_active=False).update(is_active=True) == 1


def unlock_account(*, user: User) -> bool:
    """Forgets failed attempts to sign in; False if there were none."""
    return release(user.username) > 0
