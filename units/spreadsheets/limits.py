"""The child's side of the sandbox: take the limits, do the work, answer.

Imports as little as it can: every file read starts it anew.
"""

import importlib
import sys

if sys.platform != "win32":
    import resource

MEMORY_BYTES = 2 * 1024**3


def serve(module: str, cpu_seconds: int) -> None:
    """Give stdin to ``module.main`` and write its answer to stdout, within the limits."""
    if sys.platform != "win32":
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    work = importlib.import_module(module)
    sys.stdout.buffer.write(work.main(sys.stdin.buffer.read()))
