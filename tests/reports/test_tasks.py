import threading
from datetime import date

import celery
import pytest
import time_machine
from kombu.exceptions import OperationalError
from openpyxl import load_workbook

from reports import jobs, tasks, wake
from reports.models import Delivery, Job
from tests.reports.emails.make import make_study
from tests.reports.mail import NOW, make_deliveries, make_schedule
from units.models import Unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def calls(monkeypatch):
    """What is published, in place of a broker."""
    published: list[tuple[str, dict[str, object]]] = []

    def publish(task: str, **arguments: object) -> bool:
        published.append((task, arguments))
        return True

    monkeypatch.setattr(tasks, "wake", publish)
    return published


def ask(root: Unit) -> Job:
    return jobs.ask_rollup(root=root, as_of=date(2026, 6, 30), asked_by=None, at=NOW)


@time_machine.travel(NOW, tick=False)
def test_a_sweep_calls_one_sender_for_each_chunk(calls):
    make_deliveries([f"unit@u{n}.example" for n in range(51)])
    tasks.sweep()
    assert calls == [("send_chunk", {})] * 3


@time_machine.travel(NOW, tick=False)
def test_a_sweep_calls_for_every_unfinished_job(calls):
    job = ask(make_study(1))
    tasks.sweep()
    assert calls == [("run_job", {"job_id": job.id})]


@time_machine.travel(NOW, tick=False)
def test_a_sweep_does_not_fill_the_broker_with_a_long_queue(calls, monkeypatch):
    monkeypatch.setattr(tasks, "MOST_JOBS", 2)
    root = make_study(1)
    days = [date(2026, 6, day) for day in (28, 29, 30)]
    asked = [jobs.ask_rollup(root=root, as_of=day, asked_by=None, at=NOW) for day in days]
    tasks.sweep()
    assert calls == [("run_job", {"job_id": job.id}) for job in asked[:2]]


@time_machine.travel(NOW, tick=False)
def test_a_tick_queues_what_is_due_once(calls):
    make_schedule(make_study(2))
    tasks.tick()
    tasks.tick()
    assert Delivery.objects.count() == 3
    assert calls == [("send_chunk", {})] * 2


@time_machine.travel(NOW, tick=False)
def test_a_chunk_task_sends(mailoutbox, calls):
    make_schedule(make_study(2))
    tasks.tick()
    tasks.send_chunk()
    tasks.send_chunk()
    assert sorted(message.to for message in mailoutbox) == [
        ["qs001@qs.example"],
        ["qs002@qs.example"],
        ["xuanchuan@qs.example"],
    ]
    assert set(Delivery.objects.values_list("state", flat=True)) == {"sent"}


@time_machine.travel(NOW, tick=False)
def test_a_rollup_job_leaves_the_workbook(settings, tmp_path):
    settings.EXPORTS_DIR = tmp_path
    job = ask(make_study(2))
    tasks.run_job(job.id)
    tasks.run_job(job.id)
    job.refresh_from_db()
    assert (job.state, job.completed_steps, job.total_steps) == ("done", 100, 100)
    assert job.file == "青石县集中学习情况汇总-2026-06.xlsx"
    book = load_workbook(tmp_path / job.file)
    assert len(book.sheetnames) == 6
    assert [path.name for path in tmp_path.iterdir()] == [job.file]


@time_machine.travel(NOW, tick=False)
def test_whoever_ends_a_job_calls_up_the_next(settings, tmp_path, calls):
    settings.EXPORTS_DIR = tmp_path
    root = make_study(1)
    first, second = (
        jobs.ask_rollup(root=root, as_of=date(2026, 6, day), asked_by=None, at=NOW)
        for day in (29, 30)
    )
    tasks.run_job(first.id)
    tasks.run_job(first.id)
    assert calls == [("run_job", {"job_id": second.id})]


@time_machine.travel(NOW, tick=False)
def test_a_rollup_of_nothing_fails_with_a_reason(settings, tmp_path):
    settings.EXPORTS_DIR = tmp_path
    root = make_study(1)
    Unit.objects.with_group().update(abolished_on=date(2020, 1, 1))
    job = ask(root)
    tasks.run_job(job.id)
    job.refresh_from_db()
    assert job.state == "failed"
    assert "没有可汇总的单位" in job.error


def test_without_a_broker_nothing_is_lost_and_nobody_stopped(monkeypatch, caplog):
    def refuse(*args, **kwargs):
        raise OperationalError("connection refused")

    monkeypatch.setattr(celery.current_app, "send_task", refuse)
    assert wake.wake("sweep") is False
    assert "left to the sweep" in caplog.text
    job = ask(make_study(1))
    assert job.state == "queued"


@pytest.mark.django_db(transaction=True)
def test_wake_ups_come_after_the_commit(monkeypatch, django_capture_on_commit_callbacks):
    published: list[str] = []
    monkeypatch.setattr(celery.current_app, "send_task", lambda name, **_: published.append(name))
    root = make_study(1)
    ask(root)
    for thread in threading.enumerate():
        if thread.name == "wake-run_job":
            thread.join()
    assert published == ["reports.tasks.run_job"]
