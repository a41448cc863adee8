"""The demo as a user starts it: own process, own data folder, real worker."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def run_demo(folder: Path) -> str:
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "VAR_DIR": str(folder),
        "DATABASE_URL": f"sqlite:///{folder}/portal.sqlite3",
        "EMAIL_URL": "filemail:",
        "REDIS_URL": "",
    }
    done = subprocess.run(
        [sys.executable, "manage.py", "demo", "--units", "12", "--seconds", "120"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_demo_does_its_job_and_a_second_one_sends_nothing_twice(tmp_path):
    first = run_demo(tmp_path)
    mails = sorted(tmp_path.glob("outbox/*.eml"))
    assert len(mails) == 13
    assert len(list(tmp_path.glob("exports/*.xlsx"))) == 1
    assert "合计" in first
    second = run_demo(tmp_path)
    assert "不重复发送" in second
    assert sorted(tmp_path.glob("outbox/*.eml")) == mails
