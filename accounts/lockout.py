"""What the lock-out after failed sign-ins needs to know, and what it says."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from axes.models import AccessAttempt, AccessFailureLog
from django.conf import settings
from django.db import transaction
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.crypto import salted_hmac

from accounts.models import AuditEvent, User

OWN_CHANGE = "account.password_change"


def username_tried(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """The account somebody tried, in its own spelling: `Zhang` and `zhang` are one account.

    What is no account's name is kept as a digest only: people type passwords into that field.
    """
    typed = str((credentials or {}).get("username") or request.POST.get("username", ""))
    typed = typed.replace("\0", "").strip().lower()  # PostgreSQL refuses to look for a NUL
    known = User.objects.filter(username__iexact=typed).values_list("username", flat=True).first()
    return known or "unknown-" + salted_hmac("accounts.lockout", typed).hexdigest()[:20]


def locked_out(request: HttpRequest, *_: object, **__: object) -> HttpResponse:
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    return render(request, "accounts/locked_out.html", {"minutes": minutes}, status=429)


def guessed_too_often(username: str, now: datetime) -> bool:
    """Whether the account failed too often within the hour, from whatever addresses."""
    failures: int = AccessFailureLog.objects.filter(
        username=username, attempt_time__gt=now - timedelta(hours=1)
    ).count()
    return failures >= settings.FAILURES_PER_USER_AND_HOUR


def guessed_own_too_often(user: User, now: datetime) -> bool:
    """Whether somebody signed in as the user has tried too many old passwords lately: a browser
    left alone must not be the place to find the password out.
    """
    failures: int = AuditEvent.objects.filter(
        actor=user,
        at__gt=now - settings.AXES_COOLOFF_TIME,
        action=OWN_CHANGE,
        result=AuditEvent.Result.FAILED,
    ).count()
    return failures >= int(settings.AXES_FAILURE_LIMIT)


def locked_among(usernames: Collection[str], now: datetime) -> set[str]:
    """Those of the user names that may not sign in for now, from one address or from any."""
    from_one_address = (
        AccessAttempt.objects.filter(
            username__in=usernames,
            failures_since_start__gte=settings.AXES_FAILURE_LIMIT,
            attempt_time__gt=now - settings.AXES_COOLOFF_TIME,
        )
        .order_by()
        .values_list("username", flat=True)
    )
    from_any = (
        AccessFailureLog.objects.filter(
            username__in=usernames, attempt_time__gt=now - timedelta(hours=1)
        )
        .order_by()
        .values("username")
        .annotate(failures=Count("pk"))
        .filter(failures__gte=settings.FAILURES_PER_USER_AND_HOUR)
        .values_list("username", flat=True)
    )
    return set(from_one_address.union(from_any))


def release(username: str) -> int:
    """Lets the account try again from everywhere; returns how many records kept it out. The
    audit trail keeps the failures.
    """
    with transaction.atomic():
        return sum(
            kind.objects.filter(username=username).delete()[0]
            for kind in (AccessAttempt, AccessFailureLog)
        )
