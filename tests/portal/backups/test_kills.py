"""A killed process or a full disk leaves no half backup."""

import subprocess
import sys

from portal.backups.shelf import Shelf
from portal.settings.environment import BASE_DIR
from tests.portal.backups.make import make_backup, make_data, put_file

PROGRAM = """
import os, resource, signal, sys
from pathlib import Path
import django
django.setup()
from tests.portal.backups.make import make_backup
from portal.backups.data import PortalData
from portal.backups.faults import BackupError
from portal.backups.sqlite import SQLite

class Slow(SQLite):
    def save(self, folder):
        contents = super().save(folder)
        if sys.argv[2] == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        return contents

folder = Path(sys.argv[1])
if sys.argv[2] == "full":
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
data = PortalData(Slow(folder / "data/portal.sqlite3"), folder / "data/media", folder / "no-heads")
try:
    make_backup(data, folder / "backups")
except BackupError as error:
    print(error)
"""


def run(folder, how: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", PROGRAM, str(folder), how],
        cwd=BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )


def test_killed_in_the_middle_nothing_is_taken_for_a_backup(tmp_path):
    data = make_data(tmp_path / "data")
    assert run(tmp_path, "kill").returncode == -9
    shelf = Shelf(tmp_path / "backups")
    assert [each.name[:7] for each in shelf.folder.glob(".draft*")] == [".draft-"]
    assert shelf.backups() == []
    assert make_backup(data, shelf.folder).manifest.rows["accounts_user"] == 2
    assert list(shelf.folder.glob(".draft*")) == []


def test_a_full_disk_is_told_and_leaves_nothing(tmp_path):
    data = make_data(tmp_path / "data")
    put_file(data.media / "evidence/large.pdf", b"x" * 300_000)
    done = run(tmp_path, "full")
    assert "磁盘空间不足" in done.stdout, done.stderr
    assert [each.name for each in (tmp_path / "backups").iterdir()] == [".lock"]
