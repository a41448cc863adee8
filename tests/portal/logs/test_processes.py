"""What real processes write: one JSON object a line, whoever of them speaks."""

import json
from pathlib import Path
from typing import Any

import pytest

from accounts.request_ids import working_on
from portal.embedded.worker import running_worker
from tests.portal.embedded.probes import lines, send
from tests.portal.embedded.processes import Portal, until

SECONDS = 30


@pytest.fixture
def _told_in_full(monkeypatch):
    monkeypatch.setenv("LOG_FORMAT", "json")
    monkeypatch.setenv("LOG_LEVEL", "INFO")


def written(log: Path) -> list[dict[str, Any]]:
    text = log.read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines() if line.startswith("{")]


@pytest.mark.usefixtures("_told_in_full")
def test_a_worker_names_the_request_its_task_was_asked_by(data_folder):
    log, seen = data_folder / "worker.log", data_folder / "seen"
    with working_on("4f"):
        send("probes.note", str(seen), "青石县", folder=data_folder / "queue")
    with running_worker(log=log) as worker:
        worker.wait_until(lambda: lines(seen) == ["青石县"], seconds=SECONDS)
    told = [line for line in written(log) if line.get("task") == "probes.note"]
    assert {line["request_id"] for line in told} == {"4f"}
    assert "青石县" not in log.read_text(encoding="utf-8")


@pytest.mark.usefixtures("_told_in_full")
def test_gunicorn_and_the_portal_write_alike(data_folder, settings):
    portal = Portal(data_folder, settings.BASE_DIR)
    try:
        assert portal.answers()
        until(lambda: "portal.requests" in portal.said(), "the request's line")
    finally:
        portal.stop()
    told = {line["logger"] for line in written(portal.output)}
    assert {"gunicorn.error", "portal.requests"} <= told
