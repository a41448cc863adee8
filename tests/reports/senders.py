"""Senders in processes of their own, forked on demand; see sender.py."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager


class Senders:
    """A process that forks senders, one at a time."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def start(self, minutes: int) -> int:
        """Starts a sender so many minutes after NOW; its process id."""
        assert self._process.stdin
        self._process.stdin.write(f"{minutes}\n")
        self._process.stdin.flush()
        return int(self._line())

    def wait(self) -> None:
        """Until the sender has ended, by itself or otherwise."""
        assert self._line() == "ended"

    def run(self, minutes: int) -> None:
        """Lets a sender send whatever is due then."""
        self.start(minutes)
        self.wait()

    def _line(self) -> str:
        assert self._process.stdout
        return self._process.stdout.readline().strip()


@contextmanager
def senders(database: str, port: int) -> Iterator[Senders]:
    """Senders on this database, to the SMTP server on this port of the machine."""
    environment = os.environ | {
        "DATABASE_URL": database,
        "EMAIL_URL": f"smtp://127.0.0.1:{port}",
        "DJANGO_SETTINGS_MODULE": "portal.settings",
    }
    with subprocess.Popen(
        [sys.executable, "-m", "tests.reports.sender"],
        env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        yield Senders(process)
        assert process.stdin
        process.stdin.close()
