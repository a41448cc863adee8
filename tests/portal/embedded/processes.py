"""A launcher as a user starts it, and what the machine shows of its processes."""

import http.client
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from portal.embedded.child import child_environment

SECONDS = 30
READY = re.compile(r"门户已就绪：http://127\.0\.0\.1:(\d+)/")


def until(condition: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < deadline, f"waited {SECONDS} s in vain: {what}"
        time.sleep(0.05)


def family(data_folder: Path, argument: str = "") -> list[int]:
    """Living processes on this data folder whose command line has `argument`, oldest first."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            environment = (process / "environ").read_bytes()
            command = (process / "cmdline").read_bytes()
        except OSError:
            continue  # gone meanwhile
        if f"VAR_DIR={data_folder}\0".encode() in environment and argument.encode() in command:
            found.append(int(process.name))
    return sorted(found)


def _hear_ctrl_c() -> None:
    """A shell that runs the tests in the background has told them, and so us, to ignore it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Portal:
    """`manage.py run_portal` on a free port."""

    def __init__(self, data_folder: Path, root: Path, *arguments: str) -> None:
        self.data_folder = data_folder
        self.output = data_folder / "portal.out"
        # Checks of settings have tests of their own; they load every page, as the web process does.
        command = ["manage.py", "run_portal", "--skip-checks", "--port", "0"]
        with self.output.open("wb") as stream:
            self.process = subprocess.Popen(
                [sys.executable, *command, *arguments],
                cwd=root,
                env=child_environment(),
                stdout=stream,
                stderr=subprocess.STDOUT,
                preexec_fn=_hear_ctrl_c,  # noqa: PLW1509  it takes no lock
            )
        until(self.is_ready, "the portal says it is ready")

    def is_ready(self) -> bool:
        assert self.process.poll() is None, self.said()
        return READY.search(self.said()) is not None

    def said(self) -> str:
        return self.output.read_text(encoding="utf-8")

    def answers(self) -> bool:
        ready = READY.search(self.said())
        assert ready is not None
        web = http.client.HTTPConnection("127.0.0.1", int(ready[1]), timeout=5)
        try:
            web.request("GET", "/healthz")
            return web.getresponse().read() == b"ok"
        except OSError:
            return False
        finally:
            web.close()

    def pids(self, argument: str) -> list[int]:
        return family(self.data_folder, argument)

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.process.wait(SECONDS)


@contextmanager
def running_portal(data_folder: Path, root: Path, *arguments: str) -> Iterator[Portal]:
    """Whatever a test did to it, nothing of it is left afterwards."""
    portal = Portal(data_folder, root, *arguments)
    try:
        yield portal
    finally:
        portal.process.kill()
        portal.process.wait()
        for pid in family(data_folder):
            os.kill(pid, signal.SIGKILL)
