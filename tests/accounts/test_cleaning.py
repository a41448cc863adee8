from datetime import timedelta
from io import StringIO

import pytest
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils import timezone

from accounts.cleaning import Cleaned, clean
from accounts.models import OneTimeLink, SignIn
from accounts.one_time_links import create_link
from accounts.tasks import clean_sign_ins
from tests.portal.county import make_user

pytestmark = pytest.mark.django_db

NOTHING = Cleaned(ended=0, sessions=0, links=0, attempts=0)


def make_traces(now) -> None:
    user = make_user("clerk")
    SignIn.objects.create(user=user, at=now, seen_at=now, idle_minutes=30)
    Session.objects.create(session_key="x", session_data="", expire_date=now + timedelta(hours=1))
    create_link(user=user, at=now)
    for kind, more in (
        (AccessAttempt, {"failures_since_start": 1}),
        (AccessFailureLog, {}),
        (AccessLog, {}),
    ):
        kind.objects.create(username="clerk", **more)
        kind.objects.update(attempt_time=now)


def test_what_still_holds_stays():
    now = timezone.now()
    make_traces(now)
    assert clean(now=now) == NOTHING


def test_what_expired_goes_and_a_second_run_finds_nothing():
    now = timezone.now()
    make_traces(now - timedelta(days=settings.LOG_KEEP_DAYS, seconds=1))
    assert clean(now=now) == Cleaned(ended=1, sessions=1, links=1, attempts=3)
    assert SignIn.objects.get().end == SignIn.End.AGED
    assert clean(now=now) == NOTHING


def test_attempts_stay_for_half_a_year():
    now = timezone.now()
    make_traces(now - timedelta(days=183))
    assert clean(now=now) == Cleaned(ended=1, sessions=1, links=1, attempts=0)


def test_command_and_task_clean():
    make_traces(timezone.now() - timedelta(days=2))
    said = StringIO()
    call_command("clean_sign_ins", stdout=said)
    assert "已结束 1 次超时的登录" in said.getvalue()
    create_link(user=make_user("other"), at=timezone.now() - timedelta(days=2))
    clean_sign_ins()
    assert not OneTimeLink.objects.exists()


def test_the_task_comes_once_a_day():
    entry = settings.CELERY_BEAT_SCHEDULE["clean_sign_ins"]
    assert entry["task"] == clean_sign_ins.name
    assert (entry["schedule"].hour, entry["schedule"].minute) == ({3}, {40})
