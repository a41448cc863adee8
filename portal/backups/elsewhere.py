"""A portal of its own beside this one: own database, own data folder, no broker, no mail."""

import os
import subprocess
import sys
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from portal.backups.data import Database
from portal.backups.faults import BackupError
from portal.logs.personal import tidy

MINUTES = 60


def environment_of(database: Database, folder: Path, **others: str) -> dict[str, str]:
    """The variables of a portal with its data in ``folder``."""
    return {
        **os.environ,
        **database.environment(),
        "VAR_DIR": str(folder),
        "REDIS_URL": "",
        "EMAIL_URL": "filemail:",
        **others,
    }


def manage(environment: dict[str, str], *arguments: str) -> str:
    """Runs a command there; what it says. BackupError with its complaint if it fails.

    The settings that matter are this process's own, and were checked as it started.
    """
    done = subprocess.run(  # noqa: S603  our own commands
        [sys.executable, str(settings.BASE_DIR / "manage.py"), *arguments, "--skip-checks"],
        env=environment,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        timeout=MINUTES * 60,
        check=False,
    )
    if done.returncode:
        words = _("命令 %(command)s 失败：%(said)s")
        raise BackupError(words % {"command": arguments[0], "said": complaint(done.stderr)})
    return done.stdout


def complaint(said: str) -> str:
    """Why a command failed: its own sentence; of an error nobody foresaw, words without data."""
    _before, sentence, rest = said.rpartition("CommandError: ")
    if sentence:
        return rest.strip()
    return tidy(next((line for line in reversed(said.splitlines()) if line.strip()), ""))
