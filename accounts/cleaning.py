"""Taking away what signing in leaves behind once nobody needs it any more."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction

from accounts.models import OneTimeLink, SignIn


@dataclass(frozen=True)
class Cleaned:
    """How many rows of each kind were ended or deleted."""

    ended: int
    sessions: int
    links: int
    attempts: int


def clean(*, now: datetime) -> Cleaned:
    """Ends sign-ins past their absolute limit; deletes browser sessions and links that expired
    and records of attempts older than LOG_KEEP_DAYS. Safe to run at any time and twice.
    """
    limit = now - timedelta(hours=settings.SESSION_HOURS)
    kept_from = now - timedelta(days=settings.LOG_KEEP_DAYS)
    with transaction.atomic():
        overdue = SignIn.objects.running().filter(at__lte=limit)
        return Cleaned(
            ended=overdue.update(ended_at=now, end=SignIn.End.AGED),
            sessions=Session.objects.filter(expire_date__lt=now).delete()[0],
            links=OneTimeLink.objects.filter(expires_at__lt=now).delete()[0],
            attempts=sum(
                kind.objects.filter(attempt_time__lt=kept_from).delete()[0]
                for kind in (AccessAttempt, AccessFailureLog, AccessLog)
            ),
        )
