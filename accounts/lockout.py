"""What the lock-out after failed sign-ins needs to know, and what it says."""

from datetime import datetime, timedelta
from typing import Any

from axes.models import AccessFailureLog
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def username_tried(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """The account somebody tried, in one spelling: `Zhang` and `zhang` are one account."""
    username = (credentials or {}).get("username") or request.POST.get("username", "")
    return str(username).strip().lower()[:60]


def locked_out(request: HttpRequest, *_: object, **__: object) -> HttpResponse:
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    return render(request, "accounts/locked_out.html", {"minutes": minutes}, status=429)


def guessed_too_often(username: str, now: datetime) -> bool:
    """Whether the account failed too often within the hour, from whatever addresses."""
    failures: int = AccessFailureLog.objects.filter(
        username=username, attempt_time__gt=now - timedelta(hours=1)
    ).count()
    return failures >= settings.FAILURES_PER_USER_AND_HOUR
