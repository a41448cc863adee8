"""Exporting the ledger of a whole province: memory must not grow with its rows.

    python -m benchmarks.ledger [--quick] [--rows N …] [--databases …]

For each database, number of sessions and format: seconds of processor time for a row, and MB above
a process that has exported a single unit. What the API streams is read to its end and thrown away.
Filling and measuring are processes of their own.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from pathlib import Path

import django

from benchmarks.evaluation import DATABASES, addresses
from benchmarks.memory import peak_mb

SESSIONS_A_UNIT = 14
SIZES, QUICK = (3_000, 100_000), (3_000, 20_000)


def child(task: str, address: str, *arguments: str) -> str:
    """Runs one task of this module in a process of its own; returns what it printed."""
    environment = {
        **os.environ,
        "DATABASE_URL": address,
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "SECRET_KEY": "secret-of-the-benchmarks",
    }
    command = [sys.executable, "-m", "benchmarks.ledger", "--task", task, *arguments]
    done = subprocess.run(
        command, env=environment, check=True, stdout=subprocess.PIPE, encoding="utf-8"
    )
    return done.stdout


def fill(units: int) -> None:
    """Writes the tables."""
    county = import_module("benchmarks.county")
    import_module("django.core.management").call_command("migrate", verbosity=0)
    county.Province(units).write()


def measure(form: str) -> None:
    """Exports one unit, then everything; prints what the second cost as JSON."""
    exports: dict[str, Callable[[str], int]] = {"csv": as_csv, "xlsx": as_xlsx}
    export = exports[form]
    export("U000000")
    rest, worked = peak_mb(), time.process_time()
    rows = export("")
    spent = time.process_time() - worked
    print(json.dumps({"rows": rows, "cpu": spent, "peak": peak_mb(), "memory": peak_mb() - rest}))


def as_csv(code: str) -> int:
    """Reads the text a line at a time; the number of rows."""
    delimited = import_module("reports.exports.delimited")
    columns = import_module("reports.workbook.ledger").LEDGER_COLUMNS
    return sum(1 for _ in delimited.csv_lines(columns, _rows(code))) - 1


def as_xlsx(code: str) -> int:
    """Writes the workbook; the number of rows."""
    spec, writer = import_module("reports.workbook.spec"), import_module("reports.workbook.xlsx")
    columns = import_module("reports.workbook.ledger").LEDGER_COLUMNS
    number = 0

    def counted() -> Iterator[Sequence[object]]:
        nonlocal number
        for row in _rows(code):
            number += 1
            yield row

    with tempfile.TemporaryDirectory() as folder:
        sheet = spec.SheetSpec("学习台账", "学习台账", "", columns, counted())
        writer.write_workbook(Path(folder) / "ledger.xlsx", [sheet])
    return number


def _rows(code: str) -> Iterator[Sequence[object]]:
    reading = import_module("reports.exports.ledger_rows")
    day = import_module("benchmarks.county").NOW.date()
    sessions = import_module("sessions.models").StudySession.objects.all()
    chosen = sessions.filter(unit__code=code) if code else sessions
    rows: Iterator[Sequence[object]] = reading.ledger_rows(reading.in_ledger(chosen, day), day)
    return rows


def main() -> None:
    """Prints one line for each database, size and format."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="3,000 and 20,000 rows")
    parser.add_argument("--rows", type=int, nargs="+")
    parser.add_argument("--databases", nargs="+", choices=DATABASES, default=DATABASES)
    parser.add_argument("--task", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.task:
        django.setup()  # models can be imported only now
        task, argument = options.task
        fill(int(argument)) if task == "fill" else measure(argument)
        return
    print(f"{'database':<11}{'format':<8}{'rows':>9}{'CPU µs a row':>14}{'peak MB':>9}{'+ MB':>7}")
    for database in options.databases:
        with tempfile.TemporaryDirectory() as folder:
            address = addresses(database, Path(folder))
            for rows in options.rows or (QUICK if options.quick else SIZES):
                report(database, address(-(-rows // SESSIONS_A_UNIT)), rows)


def report(database: str, address: str, rows: int) -> None:
    """Fills one database and prints its lines."""
    child("fill", address, str(-(-rows // SESSIONS_A_UNIT)))
    for form in ("csv", "xlsx"):
        told = json.loads(child("measure", address, form))
        print(
            f"{database:<11}{form:<8}{told['rows']:>9,}{told['cpu'] / told['rows'] * 1e6:>14.1f}"
            f"{told['peak']:>9.1f}{told['memory']:>7.1f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
