"""Work on somebody's file happens in a child process that may only use so much.

Whatever a hostile workbook makes a parser do, the process that serves pages keeps its memory and
its time. The child shares nothing but bytes: data in on stdin, data out on stdout.
"""

import logging
import subprocess
import sys
from pathlib import Path

CPU_SECONDS = 20

_PROJECT = str(Path(__file__).resolve().parents[2])
logger = logging.getLogger(__name__)
_BOOT = (
    "import sys; module, cpu_seconds = sys.argv[1:3]; sys.path[:] = sys.argv[3:];"
    "from units.spreadsheets.limits import serve; serve(module, int(cpu_seconds))"
)


class ChildFailedError(Exception):
    """The child died, ran out of its share, or took too long."""


def run(module: str, data: bytes, *, cpu_seconds: int = CPU_SECONDS) -> bytes:
    """Give ``data`` to ``module.main`` in a limited child and return what it answers.

    Raises ChildFailedError.
    """
    path = [_PROJECT, *(folder for folder in sys.path if folder)]
    command = [sys.executable, "-I", "-S", "-c", _BOOT, module, str(cpu_seconds), *path]
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and our own words, no shell
            command, input=data, capture_output=True, timeout=3 * cpu_seconds, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise ChildFailedError(module) from error
    if done.returncode != 0:
        logger.warning("%s ended with %s", module, done.returncode)
        raise ChildFailedError(module)
    return done.stdout
