import subprocess
import sys

import pytest

from portal.embedded.child import child_environment


@pytest.fixture
def data_folder(tmp_path, settings, monkeypatch):
    """A data folder of the test's own, for this process and for those it starts."""
    settings.VAR_DIR = tmp_path / "var"
    settings.VAR_DIR.mkdir()
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "tests.settings.worker")
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{settings.VAR_DIR}/portal.sqlite3")
    monkeypatch.delenv("REDIS_URL", raising=False)
    return settings.VAR_DIR


@pytest.fixture
def started_by_hand(data_folder, settings):
    """Run this Python with arguments, as from a shell, until it ends by itself."""

    def run(*arguments: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=settings.BASE_DIR,
            env=child_environment(),
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )

    return run
