"""Work on somebody's file happens in a child process that may only use so much.

Whatever a hostile workbook makes a parser do, the process that serves pages keeps its memory and
its time. The child shares nothing but bytes: data in on stdin, data out on stdout.
"""

import importlib
import json
import logging
import subprocess
import sys
from pathlib import Path

if sys.platform != "win32":
    import resource

MEMORY_BYTES = 2 * 1024**3
CPU_SECONDS = 20

_PROJECT = str(Path(__file__).resolve().parents[2])
_LOG = logging.getLogger(__name__)
_BOOT = (
    "import json, sys; start = json.loads(sys.argv[1]); sys.path[:] = start['path'];"
    "from units.spreadsheets.sandbox import serve; serve(start['module'], start['cpu_seconds'])"
)


class ChildFailedError(Exception):
    """The child died, ran out of its share, or took too long."""


def run(module: str, data: bytes, *, cpu_seconds: int = CPU_SECONDS) -> bytes:
    """Give ``data`` to ``module.main`` in a limited child and return what it answers.

    Raises ChildFailedError.
    """
    path = [_PROJECT, *(folder for folder in sys.path if folder)]
    start = {"module": module, "path": path, "cpu_seconds": cpu_seconds}
    command = [sys.executable, "-I", "-S", "-c", _BOOT, json.dumps(start)]
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and our own words, no shell
            command, input=data, capture_output=True, timeout=3 * cpu_seconds, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise ChildFailedError(module) from error
    if done.returncode != 0:
        _LOG.warning("%s ended with %s", module, done.returncode)
        raise ChildFailedError(module)
    return done.stdout


def serve(module: str, cpu_seconds: int) -> None:
    """The child's side: take the limits, do the work, answer."""
    if sys.platform != "win32":
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    work = importlib.import_module(module)
    sys.stdout.buffer.write(work.main(sys.stdin.buffer.read()))
