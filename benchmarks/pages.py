"""Pages beside each other: long lists beside short, many units beside few, and a bare page.

    python -m benchmarks.pages [--quick] [--runs N] [--databases …]

Through Django's test client, so that what is timed is the portal's own work: middleware, queries,
template. Each size of county is a process and a database of its own; all are asked in turn, and a
ratio is taken within one round, so that a slow moment of the machine hits both sides of it. A page
of the list shows fifty sessions at most: beside 20, a list of 2,000 also shows thirty rows more,
beside 50 it shows the same. Every page was opened once before: what is kept of units for the day
is there.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median

from benchmarks.evaluation import DATABASES, addresses

SIZES, QUICK = (12, 120, 1_500), (12, 120, 360)

Asked = tuple[int, str]


class Pages:
    """One county whose pages can be asked for."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def _line(self) -> str:
        assert self.process.stdout
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError("the process of a county has ended")
        return line

    def wait(self) -> None:
        self._line()

    def seconds(self, page: str) -> float:
        return self._number(page)

    def queries(self, call: str) -> int:
        """Statements behind one answer, where the process counts them (`benchmarks.api_rounds`)."""
        return int(self._number(f"queries of {call}"))

    def _number(self, wish: str) -> float:
        assert self.process.stdin
        self.process.stdin.write(f"{wish}\n")
        self.process.stdin.flush()
        return float(self._line())


@contextmanager
def serving(
    address: str, units: int, pages: list[str], folder: str, module: str
) -> Iterator[Pages]:
    """A process with a county of this size and what these pages need, ended afterwards."""
    environment = os.environ | {
        "DATABASE_URL": address,
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "SECRET_KEY": "secret-of-the-benchmarks",
        "VAR_DIR": folder,
    }
    command = [sys.executable, "-W", "ignore", "-m", module, str(units), *pages]
    with subprocess.Popen(
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        county = Pages(process)
        county.wait()
        yield county


def measure(database: str, sizes: tuple[int, ...], runs: int) -> None:
    """Prints the pages of one database, and their ratios."""
    few, some, many = sizes
    asked: list[Asked] = [
        (many, "sign-in"), (few, "unit"), (many, "unit"), (some, "county"), (many, "county"),
        (some, "overview"), (many, "overview"), (some, "trend"), (many, "trend"),
        (many, "list-20"), (many, "list-50"), (many, "list-2000"),
    ]  # fmt: skip
    pairs: list[tuple[str, Asked, Asked]] = [
        (f"unit's home, {many} units ÷ {few}", (many, "unit"), (few, "unit")),
        ("unit's home ÷ sign-in page", (many, "unit"), (many, "sign-in")),
        (f"county's home, {many} units ÷ {some}", (many, "county"), (some, "county")),
        (f"months of all units, {many} ÷ {some}", (many, "overview"), (some, "overview")),
        (f"trend, {many} units ÷ {some}", (many, "trend"), (some, "trend")),
        ("list, 2,000 sessions ÷ 20", (many, "list-2000"), (many, "list-20")),
        ("list, 2,000 sessions ÷ 50", (many, "list-2000"), (many, "list-50")),
        ("list ÷ sign-in page", (many, "list-2000"), (many, "sign-in")),
    ]
    rounds = timed_rounds(database, asked, runs)
    for one in asked:
        took = median(seconds[one] for seconds in rounds) * 1000
        print(f"{database:<12}{one[1]:<12}{one[0]:>7} units{took:>9.1f} ms")
    for title, above, below in pairs:
        ratio = median(seconds[above] / seconds[below] for seconds in rounds)
        print(f"{database:<12}{title:<40}{ratio:>7.2f} ×", flush=True)


def timed_rounds(database: str, asked: list[Asked], runs: int) -> list[dict[Asked, float]]:
    """The seconds of everything asked for, once in each round."""
    with counties(database, asked, "benchmarks.page_rounds") as found:
        return [{one: found[one[0]].seconds(one[1]) for one in asked} for _ in range(runs)]


@contextmanager
def counties(database: str, asked: list[Asked], module: str) -> Iterator[dict[int, Pages]]:
    """A county of each size that is asked for, served by this module of ours."""
    pages: dict[int, list[str]] = {}
    for units, page in asked:
        pages.setdefault(units, []).append(page)
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as folder, ExitStack() as stack:
        address = addresses(database, Path(folder))
        yield {
            units: stack.enter_context(serving(address(units), units, names, folder, module))
            for units, names in pages.items()
        }


def main() -> None:
    """Prints the medians and ratios for each database."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help=f"at most {QUICK[-1]} units")
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--databases", nargs="+", choices=DATABASES, default=DATABASES)
    options = parser.parse_args()
    for database in options.databases:
        measure(database, QUICK if options.quick else SIZES, options.runs)


if __name__ == "__main__":
    main()
