"""Processes of one release's code, on a database and a data folder of the trial's own."""

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

KEPT = ("PATH", "HOME", "LANG", "TMPDIR")
SECONDS = 1800
LINES = 15


class StoppedError(Exception):
    """A process failed or took too long; the words end with what it said last."""


@dataclass(frozen=True)
class Code:
    """A tree of the portal; every process begins in it and imports from nowhere else."""

    tree: Path
    environment: Mapping[str, str] = field(default_factory=dict)

    def manage(self, *words: str) -> str:
        """A management command; what it printed."""
        return self._python("manage.py", *words)

    def script(self, path: Path, *words: str) -> str:
        """A script of the trial's, which imports this tree's packages and none beside itself."""
        return self._python("-P", str(path), *words)

    def environ(self) -> dict[str, str]:
        """No setting of this process, of an `.env` or of a test run shows through."""
        inherited = {name: value for name, value in os.environ.items() if name in KEPT}
        told = {"PYTHONPATH": str(self.tree), "DJANGO_SETTINGS_MODULE": "portal.settings"}
        return {**inherited, "SECRET_KEY": "upgrade-trial", **told, **self.environment}

    def _python(self, *words: str) -> str:
        try:
            done = subprocess.run(
                [sys.executable, "-W", "ignore", *words],
                cwd=self.tree,
                env=self.environ(),
                capture_output=True,
                text=True,
                timeout=SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise StoppedError(f"{' '.join(words)}: not done after {SECONDS} s") from error
        if done.returncode:
            said = (done.stdout + done.stderr).strip().splitlines()[-LINES:]
            raise StoppedError("\n".join([f"{' '.join(words)}: {done.returncode}", *said]))
        return done.stdout


def database_url(server: str, name: str) -> str:
    """The address of another database of the server."""
    return urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
