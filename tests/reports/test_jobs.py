import errno
import hashlib
from datetime import date
from threading import Barrier, Thread

import pytest
from django.db import OperationalError, connection

from reports import jobs
from reports.models import Job
from reports.workbook.atomic import DiskFullError
from tests.reports.mail import NOW, Clock, make_unit, make_user
from units.models import Unit

pytestmark = pytest.mark.django_db

AS_OF = date(2026, 6, 30)


@pytest.fixture(autouse=True)
def exports(settings, tmp_path):
    settings.EXPORTS_DIR = tmp_path / "exports"
    return settings.EXPORTS_DIR


def ask(root: Unit | None = None) -> Job:
    root = root or Unit.objects.filter(code="QS").first() or make_unit("QS", has_group=False)
    return jobs.ask_rollup(root=root, as_of=AS_OF, asked_by=None, at=NOW)


def write(job: Job, path, progress: jobs.JobProgress) -> str:
    progress.tell(1, 2, "正在写入")
    path.write_bytes(b"workbook")
    return "汇总-2026-06.xlsx"


def fail(job: Job, path, progress: jobs.JobProgress) -> str:
    path.write_bytes(b"half")
    raise ValueError("姓名")


def test_the_same_wish_is_one_job_until_it_is_finished():
    first = ask()
    assert ask() == first
    jobs.run(first.id, clock=Clock(), work=write)
    assert ask() != first


def test_a_finished_job_tells_its_file(exports):
    job = ask()
    assert jobs.run(job.id, clock=Clock(), work=write)
    job.refresh_from_db()
    assert (job.state, job.percent, job.attempts) == ("done", 100, 1)
    assert job.sha256 == hashlib.sha256(b"workbook").hexdigest()
    assert job.size == 8
    assert [path.name for path in exports.iterdir()] == [job.file] == ["汇总-2026-06.xlsx"]


def test_a_finished_job_delivered_again_is_left_alone(exports):
    job = ask()
    jobs.run(job.id, clock=Clock(), work=write)
    assert not jobs.run(job.id, clock=Clock(), work=fail)
    job.refresh_from_db()
    assert (job.state, job.attempts) == ("done", 1)


def test_a_later_job_of_the_month_keeps_the_earlier_file(exports):
    for _ in range(2):
        jobs.run(ask().id, clock=Clock(), work=write)
    files = [exports / name for name in Job.objects.order_by("id").values_list("file", flat=True)]
    assert [path.name for path in files] == ["汇总-2026-06.xlsx", "汇总-2026-06-2.xlsx"]
    assert all(path.read_bytes() == b"workbook" for path in files)


def test_a_job_fails_at_the_third_error_with_a_reason_without_data(exports):
    job = ask()
    for state in ("queued", "queued", "failed"):
        jobs.run(job.id, clock=Clock(), work=fail)
        job.refresh_from_db()
        assert job.state == state
    assert "ValueError" in job.error
    assert "姓名" not in job.error
    assert list(exports.iterdir()) == []
    assert not jobs.run(job.id, clock=Clock(), work=write)


def test_a_full_disk_is_named(exports):
    def work(job, path, progress):
        raise DiskFullError(path)

    job = ask()
    jobs.run(job.id, clock=Clock(), work=work)
    job.refresh_from_db()
    assert "磁盘空间不足" in job.error


def test_no_room_for_a_name_in_the_folder_is_no_room_either():
    def finds_none(job: Job, path, progress: jobs.JobProgress) -> str:
        raise OSError(errno.ENOSPC, "No space left on device")

    job = ask()
    jobs.run(job.id, clock=Clock(), work=finds_none)
    job.refresh_from_db()
    assert "磁盘空间不足" in job.error


def test_a_folder_that_cannot_be_made_gives_the_job_back_with_a_reason(settings, tmp_path):
    settings.EXPORTS_DIR = tmp_path / "file" / "exports"
    (tmp_path / "file").touch()
    job = ask()
    assert not jobs.run(job.id, clock=Clock(), work=write)
    job.refresh_from_db()
    assert (job.state, job.lease_until) == ("queued", None)
    assert "NotADirectoryError" in job.error


def test_a_held_job_is_not_taken_until_its_lease_ends():
    job, clock = ask(), Clock()
    assert jobs.claim(job.id, clock=clock)
    assert jobs.claim(job.id, clock=clock) is None
    assert jobs.sweep(now=clock.now) == []
    clock.move(seconds=60)
    assert jobs.sweep(now=clock.now) == [job.id]
    assert jobs.claim(job.id, clock=clock)


def test_a_job_taken_by_a_clock_that_ran_ahead_is_free_once_it_is_set_back():
    job, clock = ask(), Clock()
    clock.move(days=300)
    assert jobs.claim(job.id, clock=clock)
    clock.move(days=-300)
    assert jobs.sweep(now=clock.now) == [job.id]
    assert jobs.claim(job.id, clock=clock)


def test_a_worker_whose_clock_is_set_back_renews_its_lease():
    job, clock = ask(), Clock()
    progress = jobs.claim(job.id, clock=clock)
    assert progress
    clock.move(days=-300)
    progress.beat()
    assert jobs.sweep(now=clock.now) == []


def test_a_beat_keeps_the_lease():
    job, clock = ask(), Clock()
    progress = jobs.claim(job.id, clock=clock)
    assert progress
    for _ in range(10):
        clock.move(seconds=20)
        progress.beat()
        assert jobs.claim(job.id, clock=clock) is None


def test_a_worker_that_lost_its_lease_overwrites_nothing(exports):
    job, clock = ask(), Clock()

    def slow(job, path, progress):
        path.write_bytes(b"slow")
        clock.move(seconds=61)
        assert jobs.run(job.id, clock=clock, work=write)
        return "汇总-2026-06.xlsx"

    assert not jobs.run(job.id, clock=clock, work=slow)
    job.refresh_from_db()
    assert (job.state, job.attempts) == ("done", 2)
    [path] = exports.iterdir()
    assert path.read_bytes() == b"workbook"


def test_a_worker_killed_three_times_leaves_a_failed_job():
    job, clock = ask(), Clock()
    for _ in range(3):
        assert jobs.claim(job.id, clock=clock)
        clock.move(seconds=61)
    assert jobs.sweep(now=clock.now) == []
    job.refresh_from_db()
    assert job.state == "failed"
    assert "中断" in job.error


def test_a_cancelled_job_stops_at_the_next_word_and_leaves_no_file(exports):
    job = ask()

    def work(job, path, progress):
        path.write_bytes(b"half")
        assert jobs.cancel(job, by=make_user(), at=NOW)
        progress.tell(1, 2, "正在写入")
        return "never.xlsx"

    assert not jobs.run(job.id, clock=Clock(), work=work)
    job.refresh_from_db()
    assert job.state == "cancelled"
    assert list(exports.iterdir()) == []


def test_a_finished_job_cannot_be_cancelled():
    job = ask()
    jobs.run(job.id, clock=Clock(), work=write)
    assert not jobs.cancel(job, by=make_user(), at=NOW)
    assert job.state == "done"


@pytest.mark.django_db(transaction=True)
def test_asking_at_the_same_moment_gives_one_job(monkeypatch):
    if connection.vendor == "sqlite":
        pytest.skip("an in-memory database has one connection")
    monkeypatch.setattr("reports.jobs.wake_after_commit", lambda *args, **kwargs: None)
    root, barrier, found = make_unit("QS", has_group=False), Barrier(8), []

    def press() -> None:
        barrier.wait()
        found.append(ask(root).id)
        connection.close()

    threads = [Thread(target=press) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(found)) == 1
    assert len(found) == 8


def test_what_a_killed_worker_left_is_cleared_by_the_next(exports):
    job = ask()
    left = exports / f".job-{job.id}-of-a-dead-worker"
    left.mkdir(parents=True)
    (left / ".draft-1.tmp").write_bytes(b"half")
    jobs.run(job.id, clock=Clock(), work=write)
    assert [path.name for path in exports.iterdir()] == ["汇总-2026-06.xlsx"]


def test_a_worker_killed_between_placing_its_file_and_telling_leaves_no_second_file(
    exports, monkeypatch
):
    job, clock = ask(), Clock()
    with monkeypatch.context() as dying:
        dying.setattr("reports.drafts.place", placed_and_killed)
        dying.setattr("shutil.rmtree", lambda *args, **kwargs: None)
        with pytest.raises(KeyboardInterrupt):
            jobs.run(job.id, clock=clock, work=write)
    assert (exports / "汇总-2026-06.xlsx").exists()
    clock.move(seconds=61)
    assert jobs.run(job.id, clock=clock, work=write)
    assert [path.name for path in exports.iterdir()] == ["汇总-2026-06.xlsx"]


def test_a_file_whose_row_was_never_written_gives_way_to_the_next(exports, monkeypatch):
    job, clock = ask(), Clock()
    with monkeypatch.context() as away:
        away.setattr("reports.drafts.place", placed_and_cut_off)
        assert not jobs.run(job.id, clock=clock, work=write)
    assert (exports / "汇总-2026-06.xlsx").exists()
    assert jobs.run(job.id, clock=clock, work=write)
    assert [path.name for path in exports.iterdir()] == ["汇总-2026-06.xlsx"]


def placed_and_cut_off(draft, wanted):
    wanted.hardlink_to(draft)
    raise OperationalError("server closed the connection unexpectedly")


def placed_and_killed(draft, wanted):
    wanted.hardlink_to(draft)
    raise KeyboardInterrupt
