"""A whole portal in a folder of its own, worked by its commands as an operator would."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection

from portal.backups.data import PortalData
from portal.backups.shelf import Stored
from portal.backups.sqlite import SQLite
from portal.settings.environment import BASE_DIR
from tests.portal.backups.make import make_backup, run_sql

PASSWORD = "Qingshan-5210-lvshui"


@dataclass(frozen=True)
class Portal:
    folder: Path

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def database(self) -> Path:
        return self.data / "portal.sqlite3"

    @property
    def backups(self) -> Path:
        return self.folder / "backups"

    @property
    def environment(self) -> dict[str, str]:
        # The browser tests set this for their process; a portal must not have it.
        inherited = {k: v for k, v in os.environ.items() if k != "DJANGO_ALLOW_ASYNC_UNSAFE"}
        return {
            **inherited,
            "DJANGO_SETTINGS_MODULE": "portal.settings",
            "DATABASE_URL": f"sqlite:///{self.database}",
            "VAR_DIR": str(self.data),
            "BACKUP_DIR": str(self.backups),
        }

    @contextmanager
    def process(self, *command: str) -> Iterator["subprocess.Popen[str]"]:
        """A command of this Python on the portal's data, ended with the block."""
        child = subprocess.Popen(
            [sys.executable, *command],
            cwd=BASE_DIR,
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        try:
            yield child
        finally:
            child.terminate()
            child.wait(timeout=60)
            assert child.stderr
            child.stderr.close()

    def manage(self, *arguments: str, **others: str) -> "subprocess.CompletedProcess[str]":
        # Checks of settings have tests of their own and take longer than most commands.
        return subprocess.run(
            [sys.executable, "manage.py", *arguments, "--skip-checks"],
            cwd=BASE_DIR,
            env={**self.environment, **others},
            capture_output=True,
            text=True,
            check=False,
        )

    def does(self, *arguments: str, **others: str) -> str:
        done = self.manage(*arguments, **others)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def refuses(self, *arguments: str, **others: str) -> str:
        done = self.manage(*arguments, **others)
        assert done.returncode == 1, done.stdout
        return done.stderr

    def back_up(self) -> Stored:
        """As the command does, without a process of its own."""
        data = PortalData(SQLite(self.database), self.data / "media", self.data / "heads.log")
        return make_backup(data, self.backups).stored

    def sql(self, *statements: str) -> list[tuple[Any, ...]]:
        return run_sql(self.database, *statements)

    def copy(self, folder: Path) -> "Portal":
        shutil.copytree(self.folder, folder)
        return Portal(folder)


def make_portal(folder: Path) -> Portal:
    """One unit's year, with the tables of the test database: nobody waits for migrations.

    Two pieces of evidence have a file.
    """
    portal = Portal(folder)
    portal.data.mkdir(parents=True)
    connection.ensure_connection()
    with closing(sqlite3.connect(portal.database)) as copy:
        connection.connection.backup(copy)
    portal.does("load_sample", "--units=1", f"--with-logins={PASSWORD}", "--until=2026-03-31")
    for number in (1, 2):
        path = portal.data / f"media/evidence/2026/03/{number}.pdf"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"%PDF-1.4 " + bytes([number]) * 50_000)
        portal.sql(
            f"UPDATE study_sessions_evidence SET file = 'evidence/2026/03/{number}.pdf'"
            f" WHERE id = (SELECT MIN(id) + {number} FROM study_sessions_evidence)"
        )
    return portal
