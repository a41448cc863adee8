"""A broker that refuses every connection: pages stay usable, and the work is done later."""

import threading

import pytest
from celery import Celery

from reports import tasks, wake
from reports.models import Delivery, Job
from tests.reports.centre.make import ASKED, browser_of, make_county

pytestmark = pytest.mark.django_db

CLOSED = "redis://127.0.0.1:1/0"
"""Port 1: nobody listens there."""


@pytest.fixture(autouse=True)
def refused(settings, tmp_path, monkeypatch):
    settings.EXPORTS_DIR = tmp_path
    app = Celery("refused", broker=CLOSED, set_as_current=False)
    app.conf.task_publish_retry = False
    app.conf.broker_transport_options = {"socket_connect_timeout": 1}
    monkeypatch.setattr(wake, "current_app", app)
    return app


def wait_for_callers() -> None:
    for thread in threading.enumerate():
        if thread.name.startswith("wake-"):
            thread.join()


def test_a_wish_waits_and_is_done_when_somebody_can_be_called_again(
    monkeypatch, caplog, django_capture_on_commit_callbacks
):
    browser = browser_of(make_county()["auditor"])
    with django_capture_on_commit_callbacks(execute=True):
        answer = browser.post("/exports/ask/", ASKED, follow=True)
    wait_for_callers()
    assert answer.status_code == 200
    assert "排队中" in answer.content.decode()
    assert "run_job left to the sweep" in caplog.text
    assert Job.objects.get().state == "queued"

    def call(task: str, **arguments: int) -> bool:
        getattr(tasks, task)(**arguments)
        return True

    monkeypatch.setattr(tasks, "wake", call)
    tasks.sweep()
    assert Job.objects.get().state == "done"
    assert "下载" in browser.get(f"/exports/{Job.objects.get().pk}/progress/").content.decode()


def test_mails_are_queued_without_a_broker(django_capture_on_commit_callbacks):
    browser = browser_of(make_county()["department_admin"])
    with django_capture_on_commit_callbacks(execute=True):
        answer = browser.post("/mails/upcoming/send/", {"period": "2026-06"}, follow=True)
    wait_for_callers()
    assert answer.status_code == 200
    assert set(Delivery.objects.values_list("state", flat=True)) == {"queued"}
