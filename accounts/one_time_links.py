"""Links that open one page once."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from accounts.models import OneTimeLink, User


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def create_link(*, user: User | None, at: datetime) -> str:
    """Makes a link's token; earlier unused ones for the same purpose open nothing any more."""
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        OneTimeLink.objects.filter(user=user, used_at__isnull=True).delete()
        OneTimeLink.objects.create(
            user=user,
            token_digest=_digest(token),
            created_at=at,
            expires_at=at + timedelta(hours=settings.ONE_TIME_LINK_HOURS),
        )
    return token


def find_link(token: str, now: datetime) -> OneTimeLink | None:
    """The link that still opens its page; None if there is none, or it expired or was used."""
    return (
        OneTimeLink.objects.select_related("user")
        .filter(token_digest=_digest(token), used_at__isnull=True, expires_at__gt=now)
        .first()
    )


def use_link(*, link: OneTimeLink, at: datetime) -> bool:
    """Uses the link up; False if somebody was faster. Belongs into the caller's transaction."""
    used = OneTimeLink.objects.filter(pk=link.pk, used_at__isnull=True, expires_at__gt=at)
    return used.update(used_at=at) == 1
