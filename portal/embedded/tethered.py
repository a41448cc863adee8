"""Run a command that is told to stop when the process that started it dies.

    python -m portal.embedded.tethered PARENT_PID COMMAND [ARGUMENT ...]

A launcher killed outright cannot stop its children; the kernel can (Linux; elsewhere the command
simply runs).
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def main(parent: int, command: list[str]) -> None:
    prctl = getattr(ctypes.CDLL(None), "prctl", None)
    if prctl is not None:
        prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        return  # it died before we asked
    os.execvp(command[0], command)  # noqa: S606  the launcher's own command line, no shell


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
