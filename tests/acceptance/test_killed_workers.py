"""The demo's job survives its worker: killed at any moment, nothing is lost and nothing doubled.

Ten kills for each version of the code. The full numbers, with the production's services, are
those of `make faults` (docs/faults.md).
"""

import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.services.smtp import smtp_server

KILLS = 10
MONTHS = 4


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory, migrated_file: Path) -> dict[str, Any]:
    """What the process told, and what the mail server received."""
    folder = tmp_path_factory.mktemp("killed")
    shutil.copy(migrated_file, folder / "portal.sqlite3")
    with smtp_server() as server:
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "portal.settings",
            "DATABASE_URL": f"sqlite:///{folder}/portal.sqlite3",
            "VAR_DIR": str(folder),
            "EMAIL_URL": f"smtp://127.0.0.1:{server.port}",
            "SWEEP_SECONDS": "1",
            "JOB_LEASE_SECONDS": "2",
            "JOB_ATTEMPTS": str(2 * KILLS),
            "MAIL_LEASE_SECONDS": "2",
        }
        done = subprocess.run(
            [sys.executable, "-m", "tests.acceptance.killed_workers", str(KILLS)],
            env=environment, capture_output=True, text=True, check=True,
        )  # fmt: skip
        return {**json.loads(done.stdout), "received": Counter(server.message_ids())}


def test_the_kills_met_workers_at_work(outcome):
    assert outcome["met"] > KILLS / 2


def test_every_workbook_is_there_once_and_whole(outcome):
    assert [job["state"] for job in outcome["jobs"]] == ["done"] * MONTHS
    assert all(job["whole"] for job in outcome["jobs"])
    assert sorted(job["file"] for job in outcome["jobs"]) == outcome["files"]


def test_no_mail_is_lost_doubled_or_wrongly_called_sent(outcome):
    ends, received = outcome["mails"], outcome["received"]
    assert len(ends) == outcome["planned"] > 80
    assert set(ends.values()) <= {"sent", "unknown"}
    assert set(received.values()) == {1}
    assert {mail for mail, state in ends.items() if state == "sent"} <= received.keys()
    assert list(ends.values()).count("unknown") <= 2 * KILLS
