"""A child process with everything it starts itself: started, watched and stopped as one."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterable
from typing import IO, Any

from django.conf import settings


def child_environment() -> dict[str, str]:
    """This process's environment, with what its own command line may have decided."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": os.environ["DJANGO_SETTINGS_MODULE"],
        "VAR_DIR": str(settings.VAR_DIR.absolute()),
    }


class Child:
    """One running command in a session of its own.

    A session of its own keeps the terminal's Ctrl-C away from it (whoever started it decides)
    and lets what a dead main process leaves behind, such as the worker's beat, be ended too.
    """

    def __init__(
        self, command: list[str], *, hand_on: Iterable[int] = (), output: IO[Any] | None = None
    ) -> None:
        """Start `command` (arguments of this Python), handing on the descriptors `hand_on`."""
        tether = ["-m", "portal.embedded.tethered", str(os.getpid()), sys.executable]
        self._process = subprocess.Popen(  # noqa: S603  our own commands, no shell
            [sys.executable, *tether, *command],
            cwd=settings.BASE_DIR,
            env=child_environment(),
            pass_fds=tuple(hand_on),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT if output else None,
            start_new_session=True,
        )

    @property
    def pid(self) -> int:
        return self._process.pid

    def is_running(self) -> bool:
        """Whether the main process lives. The first time it does not, its leftovers are ended."""
        if self._process.returncode is not None:
            return False
        # Not reaped yet, the dead leader keeps the group's number from being given away.
        if os.waitid(os.P_PID, self.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
            return True
        self._signal_group(signal.SIGKILL)
        self._process.wait()
        return False

    def ask_to_stop(self) -> None:
        """Let the main process finish what it is doing and end its own children."""
        if self.is_running():
            self._process.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End main process and children at once."""
        if self.is_running():
            self._signal_group(signal.SIGKILL)
            self._process.wait()

    def _signal_group(self, number: signal.Signals) -> None:
        os.killpg(self.pid, number)
