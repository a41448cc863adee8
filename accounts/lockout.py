"""What the lock-out after failed sign-ins needs to know, and what it says."""

from datetime import datetime, timedelta
from typing import Any

from axes.models import AccessFailureLog
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.crypto import salted_hmac

from accounts.models import User


def username_tried(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """The account somebody tried, in its own spelling: `Zhang` and `zhang` are one account.

    What is no account's name is kept as a digest only: people type passwords into that field.
    """
    typed = str((credentials or {}).get("username") or request.POST.get("username", ""))
    typed = typed.strip().lower()
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
