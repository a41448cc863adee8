"""Every benchmark in turn, each table with its goals.

    python -m benchmarks [--quick]

The figures are ratios within one run and never fail a build: whether a goal is met depends on what
else the machine does. docs/performance.md tells how to read them.
"""

import argparse
import subprocess
import sys
from typing import NamedTuple


class Benchmark(NamedTuple):
    """A module of this package, what it measures, and what is asked of it."""

    module: str
    title: str
    goals: tuple[str, ...]


BENCHMARKS = (
    Benchmark(
        "benchmarks.evaluation",
        "Evaluating a year, beside a bare scan of the attendance",
        (
            "raw÷floor ≤ 5 on PostgreSQL, ≤ 4.5 on SQLite, at 1,500 and 12,000 units",
            "facts÷floor ≤ 1.0 at 1,500 units, ≤ 0.5 at 12,000",
            "recording × ≤ 2.2",
            "queries ≤ 12 whatever the size, and three for each further 1,500 units",
            "memory ≤ 100 MB above rest at 12,000 units",
        ),
    ),
    Benchmark(
        "benchmarks.workbook",
        "Writing workbooks, beside other writers",
        (
            "ledger ≤ 0.40 × XlsxWriter constant_memory, ≤ 1.3 × the hand-streamed zip",
            "summary ≤ 0.45 × XlsxWriter",
            "memory ≤ 40 MB above rest, flat; a row at 300,000 ≤ 1.2 × one at 3,000",
        ),
    ),
    Benchmark(
        "benchmarks.ledger",
        "Exporting the ledger, of a county and of a province",
        ("memory flat from 3,000 to 100,000 rows: ≤ 10 MB more",),
    ),
    Benchmark(
        "benchmarks.archive",
        "Writing a unit's archive of half a gigabyte and of five",
        ("memory flat: ≤ 10 MB above a single file's, at 0.5 GB and at 5.2 GB",),
    ),
    Benchmark(
        "benchmarks.similarity",
        "Comparing a report with a county's others, beside sets of twelve-letter stretches",
        ("first ≤ 0.7 × the simplest, again ≤ 0.15 ×, at 120 and 1,500 units",),
    ),
    Benchmark(
        "benchmarks.chunks",
        "Evaluating and closing in chunks, by one, two and four worker processes",
        (
            "two processes ≤ 0.65 × one, where two cores are at rest",
            "processor time of four ≤ 1.1 × one; memory of a worker the same at any size",
            "the same checksum every way",
        ),
    ),
    Benchmark(
        "benchmarks.mail",
        "Sending a month's mails, beside one loop over one connection",
        ("chunks ≤ 0.85 × the loop, a connection for every 25 mails at most",),
    ),
    Benchmark(
        "benchmarks.pages",
        "Asking for pages: long lists, many units",
        (
            "county's home at 1,500 units ≤ 3 × that at 120",
            "list of 2,000 sessions ≤ 1.2 × one of 20",
        ),
    ),
    Benchmark(
        "benchmarks.api",
        "Asking the API by tokens, in a small county and a large one",
        (
            "each at 1,500 units ≤ 3 × that at 120",
            "reads ≤ 1.2 × the page that shows the same; create ≤ 1.5 × the form",
            "as many queries at 1,500 units as at 120, but for the count of a new minute",
        ),
    ),
)


def main() -> None:
    """Runs all; ends with 1 if one of them could not."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="smaller sizes, minutes not hours")
    options = parser.parse_args()
    passed_on = ["--quick"] if options.quick else []
    failed = [one.module for one in BENCHMARKS if not run(one, passed_on)]
    if failed:
        sys.exit(f"could not run: {', '.join(failed)}")


def run(benchmark: Benchmark, arguments: list[str]) -> bool:
    """Prints one table under its title and above its goals; whether it could be measured."""
    print(f"\n== {benchmark.title}", flush=True)
    done = subprocess.run([sys.executable, "-m", benchmark.module, *arguments], check=False)
    for goal in benchmark.goals:
        print(f"   goal: {goal}", flush=True)
    return done.returncode == 0


if __name__ == "__main__":
    main()
