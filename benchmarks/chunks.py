"""Closing a month and evaluating for a rollup in chunks: one, two and four worker processes.

    python -m benchmarks.chunks [--quick] [--runs N] [--units N] [--processes N …] [--database URL]

The units are those of a province in PostgreSQL. Each way does the whole job: shares it out, works
at the chunks in so many processes, ends it; `at once` is the one process of a small county, without
chunks. Interleaved rounds, medians; a ratio is taken within one round. `cpu s` is what the workers
used, without the database. On a machine of two cores four processes show what waiting they fill,
not what four cores would do.
"""

import argparse
import os
import subprocess
import sys
import tempfile

from tests.services.postgresql import start_server

UNITS, QUICK_UNITS = 1_500, 450


def main() -> None:
    """Starts a database unless one is given, and lets a child measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help=f"{QUICK_UNITS} units, one round")
    parser.add_argument("--runs", type=int)
    parser.add_argument("--units", type=int)
    parser.add_argument("--processes", type=int, nargs="+", default=[1, 2, 4])
    parser.add_argument("--database", help="address of one on PostgreSQL; filled if empty")
    options = parser.parse_args()
    command = [
        sys.executable, "-m", "benchmarks.chunk_rounds",
        "--units", str(options.units or (QUICK_UNITS if options.quick else UNITS)),
        "--runs", str(options.runs or (1 if options.quick else 3)),
        "--processes", *map(str, options.processes),
    ]  # fmt: skip
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as folder:
        environment = os.environ | {
            "DATABASE_URL": options.database or start_server(),
            "DJANGO_SETTINGS_MODULE": "portal.settings",
            "SECRET_KEY": "secret-of-the-benchmarks",
            "VAR_DIR": folder,
        }
        done = subprocess.run(command, env=environment, check=False)
    sys.exit(done.returncode)


if __name__ == "__main__":
    main()
