"""What `rollback.sh` makes of a restore that went well, badly, or half well."""

import shutil
from pathlib import Path

import pytest

from portal.embedded.lock import WEB_LOCK_NAME, FolderLock
from portal.management.commands.restore import IN_PLACE
from portal.settings.environment import BASE_DIR
from tests.portal.deployment.installed import run


@pytest.fixture
def prefix(tmp_path):
    """Two releases, the newer one running; of the older, only the Python is there."""
    prefix, old, new = tmp_path, tmp_path / "releases/1", tmp_path / "releases/2"
    (old / "venv/bin").mkdir(parents=True)
    (new / "deploy").mkdir(parents=True)
    for name in ("rollback.sh", "tree.sh"):
        shutil.copy(BASE_DIR / "deploy" / name, new / "deploy")
    (prefix / "backup").mkdir()
    (new / "UPGRADE").write_text(f"previous={old}\nschema_moved=yes\nbackup={prefix}/backup\n")
    (prefix / "current").symlink_to(new)
    (prefix / "portal.env").touch()
    (prefix / "installed").write_text(
        f"DATA={prefix}/data\nCONFIG={prefix}\nROOT={prefix}\nSYSTEMD=no\n"
    )
    return prefix


def roll_back(prefix: Path, code: int) -> tuple[int, str, str]:
    """With a restore that ends with ``code``: how it ends, what it says, what runs then."""
    python = prefix / "releases/1/venv/bin/python"
    python.write_text(f"#!/bin/sh\nexit {code}\n")
    python.chmod(0o755)
    done = run(prefix / "current/deploy/rollback.sh", "--restore-backup")
    return done.returncode, done.stdout + done.stderr, (prefix / "current").resolve().name


@pytest.mark.parametrize(
    ("code", "ends", "says", "runs"),
    [
        (0, 0, "已退回 1", "1"),
        (1, 1, "数据没有变动", "2"),
        (IN_PLACE, 1, "有需要核对的地方", "1"),
        (137, 1, "恢复被打断", "2"),
    ],
)
def test_which_release_runs_is_which_the_data_fit(prefix, code, ends, says, runs):
    ended, said, running = roll_back(prefix, code)
    assert (ended, says in said, running) == (ends, True, runs), said


def test_nothing_is_touched_while_a_web_server_runs(prefix):
    lock = FolderLock(prefix / "data" / WEB_LOCK_NAME, shared=True)
    ended, said, running = roll_back(prefix, 0)
    assert (ended, "门户仍在运行" in said, running) == (1, True, "2"), said
    lock.release()
