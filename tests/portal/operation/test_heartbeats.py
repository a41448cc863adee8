from datetime import timedelta
from socket import gethostname

import pytest
from django.utils import timezone

from portal.models import Heartbeat
from portal.operation.heartbeats import heard_elsewhere, note
from portal.tasks import heartbeat
from reports.tasks import sweep, tick

pytestmark = pytest.mark.django_db


def test_a_worker_reports_for_its_queue():
    heartbeat.apply(args=("jobs",))
    assert Heartbeat.objects.get(name="queue:jobs").words


def test_the_last_success_stays_beside_a_failure_and_the_first_word_is_kept():
    now = timezone.now()
    note("x", now=now)
    note("x", now=now + timedelta(hours=1), trouble="OSError")
    note("x", now=now + timedelta(hours=2))
    kept = Heartbeat.objects.get()
    assert (kept.since, kept.at) == (now, now + timedelta(hours=2))
    assert (kept.failed_at, kept.trouble) == (now + timedelta(hours=1), "OSError")


def test_workers_of_other_machines_are_named_while_they_are_heard_of():
    now = timezone.now()
    for name, words, minutes in (("mail", "别机", 1), ("jobs", "旧机", 10), ("work", "", 0)):
        told = {"since": now, "at": now - timedelta(minutes=minutes), "words": words}
        Heartbeat.objects.create(name=f"queue:{name}", **{**told, "words": words or gethostname()})
    assert heard_elsewhere(now) == ["别机"]


def test_what_the_clock_calls_is_noted_as_it_ends(monkeypatch):
    sweep.apply()
    monkeypatch.setattr("reports.clock_guard.read_clocks", lambda: 1 / 0)
    tick.apply()
    ended = Heartbeat.objects.get(name="reports.tasks.sweep")
    failed = Heartbeat.objects.get(name="reports.tasks.tick")
    assert (ended.at is None, failed.at is None) == (False, True)
    assert failed.trouble == "ZeroDivisionError"
