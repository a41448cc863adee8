"""A large county's month: closed in chunks, or not at all, and as one process would close it."""

import datetime as dt

import pytest
import time_machine

from accounts.models import AuditEvent, User
from reports import jobs, tasks
from reports.chunks import leases, running
from reports.closing import ClosingError, ask_closing, close_month, intact, standing_closing
from reports.closings import storing
from reports.closings.reopening import ask_reopening, confirm_reopening
from reports.models import ClosedUnit, Closing, Evaluation, Job, JobChunk
from tests.reports.chunks.make import (
    LATER,
    MARCH,
    claimed,
    kept,
    make_province,
    now,
    small_chunks,
    take_up,
)
from tests.reports.mail import make_user
from tests.reports.records import make_rules
from units.models import Unit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def calls(settings):
    with time_machine.travel(LATER, tick=False), small_chunks(settings) as made:
        yield made


def ask(root: Unit) -> Job:
    user = User.objects.filter(username="admin").first() or make_user("admin")
    return ask_closing(root=root, month=MARCH, at=LATER, by=user, origin={"role": "admin"})


def shared_out(root: Unit) -> Job:
    job = ask(root)
    assert not take_up(job)
    job.refresh_from_db()
    return job


def finish(job: Job) -> Job:
    running.run_chunks(job.pk, clock=now)
    take_up(job)
    job.refresh_from_db()
    return job


def test_chunks_close_a_month_as_one_process_does():
    root = make_province()
    closing = close_month(root=root, month=MARCH, at=LATER, by=None)
    whole = kept(closing)
    asked = ask_reopening(closing=closing, reason="再封一次", at=LATER, by=make_user("one"))
    confirm_reopening(reopening=asked, at=LATER, by=make_user("two"))
    job = finish(shared_out(root))
    assert (job.state, job.error, JobChunk.objects.count()) == ("done", "", 0)
    again = Closing.objects.standing().get()
    assert kept(again) == whole
    assert intact(again)


def test_nobody_sees_a_month_closed_before_all_is_stored(calls):
    root = make_province()
    job = shared_out(root)
    assert calls == ["run_chunks"] * job.chunks.count()
    for _chunk in range(job.chunks.count()):
        assert running.run_chunk(job.pk, clock=now)
        assert ClosedUnit.objects.exists()
        assert (Closing.objects.count(), root.closings.count()) == (0, 0)
        assert standing_closing(root, MARCH) is None
    leases.sweep(now=LATER)
    assert take_up(job)
    assert standing_closing(root, MARCH) is not None
    event = AuditEvent.objects.select_related("actor").get(action="month_close")
    assert (str(event.actor), event.role) == (str(job.asked_by), "admin")


def test_a_chunk_asked_for_twice_is_done_once():
    job = shared_out(make_province())
    chunks = job.chunks.count()
    assert [running.run_chunks(job.pk, clock=now) for _ in range(2)] == [chunks, 0]
    assert take_up(job)
    assert not take_up(job)
    assert Evaluation.objects.count() == Unit.objects.with_group().count()


def test_who_lost_a_chunk_writes_nothing():
    job = shared_out(make_province())
    slow = claimed(job)
    with time_machine.travel(LATER + jobs.LEASE, tick=False):
        assert finish(job).state == "done"
        before = kept(Closing.objects.get())
        with pytest.raises(jobs.LeaseLostError):
            leases.finish(slow, lambda: pytest.fail("stored"))
    assert kept(Closing.objects.get()) == before


def test_a_chunk_whose_worker_died_is_taken_over_and_told_of_by_the_sweep():
    job = shared_out(make_province())
    chunks = job.chunks.count()
    assert claimed(job)
    assert leases.sweep(now=LATER) == [(job.pk, chunks - 1)]
    later = LATER + jobs.LEASE
    assert leases.sweep(now=later) == [(job.pk, chunks)]
    with time_machine.travel(later, tick=False):
        assert finish(job).state == "done"


def test_a_chunk_taken_by_a_clock_that_ran_ahead_is_free_once_it_is_set_back():
    job = shared_out(make_province())
    assert leases.claim(job.pk, clock=lambda: LATER + dt.timedelta(days=300))
    assert leases.sweep(now=LATER) == [(job.pk, job.chunks.count())]


def test_a_worker_that_died_after_the_last_chunk_is_made_good_by_the_sweep():
    job = shared_out(make_province())
    while running.run_chunk(job.pk, clock=now):
        pass
    assert jobs.sweep(now=LATER) == []
    assert leases.sweep(now=LATER) == []
    assert jobs.sweep(now=LATER) == [job.pk]


def test_a_chunk_that_fails_three_times_fails_the_job_and_leaves_nothing(monkeypatch):
    root = make_province()
    job = shared_out(root)
    running.run_chunk(job.pk, clock=now)

    def fail(*args: object) -> None:
        raise RuntimeError("姓名")

    with monkeypatch.context() as broken:
        broken.setattr(storing, "part_of", fail)
        running.run_chunks(job.pk, clock=now)
    job.refresh_from_db()
    assert (job.state, "RuntimeError" in job.error, "姓名" in job.error) == ("failed", True, False)
    storing.discard_abandoned()
    assert (Closing.every.count(), ClosedUnit.objects.count()) == (0, 0)
    assert finish(shared_out(root)).state == "done"


def test_what_is_being_closed_is_not_swept_away_nor_closed_twice(monkeypatch):
    root = make_province()
    job = shared_out(root)
    monkeypatch.setattr(tasks, "wake", lambda *args, **kwargs: True)
    tasks.sweep()
    assert Closing.every.count() == 1
    assert ask(root) == job
    with pytest.raises(ClosingError, match="已经封账"):
        close_month(root=root, month=MARCH, at=LATER, by=None)


def test_rules_published_meanwhile_stop_the_closing():
    job = shared_out(make_province())
    running.run_chunk(job.pk, clock=now)
    make_rules(title="新规则", effective="2026-02-01")
    running.run_chunk(job.pk, clock=now)
    job.refresh_from_db()
    assert job.state == "failed"
    assert "发布了新的考核规则" in job.error


def test_a_cancelled_job_stores_nothing_more():
    job = shared_out(make_province())
    hold = claimed(job)
    jobs.cancel(job, by=make_user("other"), at=LATER)
    with pytest.raises(jobs.LeaseLostError):
        leases.finish(hold, lambda: None)
    assert running.run_chunks(job.pk, clock=now) == 0


def test_a_beat_renews_and_notices_that_the_chunk_is_lost():
    job = shared_out(make_province())
    hold = claimed(job)
    with time_machine.travel(LATER + jobs.LEASE / 2, tick=False):
        hold.beat()
        assert leases.sweep(now=now() + dt.timedelta(seconds=1))[0][1] == job.chunks.count() - 1
    with time_machine.travel(LATER + 2 * jobs.LEASE, tick=False):
        assert claimed(job).chunk.pk == hold.chunk.pk
        with pytest.raises(jobs.LeaseLostError):
            hold.beat()
