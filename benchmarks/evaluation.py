"""Evaluating a year, beside a bare scan of the attendance it has to read.

    python -m benchmarks.evaluation [--quick] [--runs N] [--units N …] [--databases …]

For each database and size: the scan floor, every unit from raw rows, today's figures from fact
rows, one unit with every obligation explained, and recording a session with and without facts.
Medians of interleaved rounds; a ratio is taken within one round, so that a slow moment of the
machine hits both sides of it. `of cpu` is raw÷floor in processor time of this process and its
database connection (Linux). Filling and measuring are processes of their own.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import django
import psycopg

from tests.services.postgresql import start_server

SIZES, QUICK = (120, 1_500, 12_000), (120, 1_500)
DATABASES = ("postgresql", "sqlite")
HEAD = (
    f"{'database':<11}{'units':>7}{'floor':>9}{'raw':>9}{'raw÷floor':>11}{'of cpu':>8}"
    f"{'queries':>9}{'facts':>9}{'facts÷floor':>13}{'one unit':>10}{'recording ×':>13}"
    f"{'memory':>10}"
)


def child(task: str, address: str, *arguments: str) -> str:
    """Runs one task of this module in a process of its own; returns what it printed."""
    environment = {
        **os.environ,
        "DATABASE_URL": address,
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "SECRET_KEY": "secret-of-the-benchmarks",
    }
    command = [sys.executable, "-m", "benchmarks.evaluation", "--task", task, *arguments]
    done = subprocess.run(
        command, env=environment, check=True, stdout=subprocess.PIPE, encoding="utf-8"
    )
    return done.stdout


def addresses(database: str, folder: Path) -> Callable[[int], str]:
    """How to reach a new, empty database for a number of units."""
    if database == "sqlite":
        return lambda units: f"sqlite:///{folder / f'{units}.sqlite3'}"
    server = start_server()

    def create(units: int) -> str:
        name = f"units_{units}"
        with psycopg.connect(server, autocommit=True) as admin:
            admin.execute(f"CREATE DATABASE {name}")
        return urlunsplit(urlsplit(server)._replace(path=f"/{name}"))

    return create


def main() -> None:
    """Prints one line for each database and size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="120 and 1,500 units only")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--units", type=int, nargs="+")
    parser.add_argument("--databases", nargs="+", choices=DATABASES, default=DATABASES)
    parser.add_argument("--task", choices=("fill", "measure"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    sizes = options.units or (QUICK if options.quick else SIZES)
    if options.task:
        # Models can be imported only now.
        django.setup()
        workload = import_module("benchmarks.workload")
        fill = options.task == "fill"
        json.dump(workload.fill(sizes[0]) if fill else workload.measure(options.runs), sys.stdout)
        return
    print(HEAD)
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as folder:
        for database in options.databases:
            address = addresses(database, Path(folder))
            for units in sizes:
                where = address(units)
                child("fill", where, "--units", str(units))
                found = child("measure", where, "--runs", str(options.runs))
                print(_line(database, json.loads(found)), flush=True)


def _line(database: str, found: dict[str, float]) -> str:
    def milliseconds(name: str) -> str:
        return f"{found[name] * 1000:.1f}ms"

    return (
        f"{database:<11}{found['units']:>7.0f}{milliseconds('floor'):>9}{milliseconds('raw'):>9}"
        f"{found['raw_ratio']:>11.2f}{found['processor_ratio']:>8.2f}{found['queries']:>9.0f}"
        f"{milliseconds('facts'):>9}{found['facts_ratio']:>13.2f}{milliseconds('one'):>10}{found['record_ratio']:>13.2f}"
        f"{found['memory']:>7.0f} MB"
    )


if __name__ == "__main__":
    main()
