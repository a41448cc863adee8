"""The steps of a trial: five years by older code, migrated, compared, visited."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import psycopg

from tests.upgrades.figures import unlike
from tests.upgrades.processes import Code, StoppedError
from tests.upgrades.tables import TableState, changes_since, states_of

HERE = Path(__file__).parent
YEAR = 2025  # of the sample; all of it is over, so that its months can be closed
PASSWORD = "Upgrade-trial-2025"
MIGRATION = re.compile(r"Applying (\S+?)\.\.\..*?\(([\d.]+)s\)")
FIND_HINTS = "from reports.tasks import find_hints; find_hints()"
NAMED = 5  # of many differences, so many are told


class Check(NamedTuple):
    """One line of the summary; ``wrong`` says what differs, empty where nothing does."""

    what: str
    seen: str
    wrong: tuple[str, ...] = ()


@dataclass
class Before:
    """What older code left, and what it said of it."""

    tables: dict[str, TableState]
    evaluations: dict[int, Any]
    sheets: dict[str, int]


@dataclass
class Trial:
    """Both codes work on one database and one data folder, one after the other."""

    old: Code
    new: Code
    database: str
    folder: Path
    years: Sequence[int] = field(default_factory=tuple)

    def fill(self, units: int) -> None:
        """A sample county's year by older code, its mails and a workbook; then the years before
        it, their closed Decembers, and what people and the daily search leave besides.
        """
        self.old.manage("migrate", "-v", "0")
        until = ("--year", str(YEAR), "--until", f"{YEAR}-12-31")
        self.old.manage("load_sample", "--units", str(units), *until, "--with-logins", PASSWORD)
        self.old.manage("demo", "--seconds", "900")
        copies = str(len(self.years) - 1)
        self.old.script(HERE / "years.py", "--year", str(YEAR), "--copies", copies)
        self.old.manage("rebuild_facts")
        self.visit(self.old, "--work", "--close", *(f"{year}-12" for year in self.years))
        self.old.manage("create_setup_link", "--user", "leader")
        self.old.manage("shell", "-c", FIND_HINTS)
        self.old.manage("verify_trail")

    def look_before(self) -> Before:
        """Taken last: looking at pages leaves a line in the trail."""
        evaluations = {year: self.evaluate(self.old, year) for year in self.years}
        sheets = self.workbook(self.old, "before.xlsx")
        with psycopg.connect(self.database) as connection:
            return Before(states_of(connection.cursor()), evaluations, sheets)

    def migrate(self) -> list[tuple[str, float]]:
        """Each migration that the newer code brings, and its seconds."""
        said = self.new.manage("migrate", "--no-color", "-v", "2")
        return [(name, float(seconds)) for name, seconds in MIGRATION.findall(said)]

    def compare(self, before: Before) -> Iterator[Check]:
        """Rows and figures first: what comes after writes lines of its own."""
        with psycopg.connect(self.database) as connection:
            changed = tuple(changes_since(connection.cursor(), before.tables))
        counts = [table.rows for table in before.tables.values()]
        filled = f"{sum(map(bool, counts))} of {len(counts)} tables"
        yield Check("rows as before", f"{sum(counts):,} rows in {filled}", changed)
        yield self._same_figures("newer code's figures", self.new, before)
        yield self._same_figures("older code's on the newer schema", self.old, before)
        yield self._tried("audit trail", self._trail)
        yield self._tried("newer code's pages, closed months", lambda: self.visit(self.new))
        yield self._tried("older code's pages on the newer schema", lambda: self.visit(self.old))
        sheets = self.workbook(self.new, "after.xlsx")
        wrong = tuple(unlike(before.sheets, sheets))
        yield Check("workbook of a closed month", f"{sum(sheets.values()):,} rows", wrong)

    def _same_figures(self, what: str, code: Code, before: Before) -> Check:
        wrong, units = [], 0
        for year, old in before.evaluations.items():
            units += len(old["units"])
            wrong += [f"{year}{path}" for path in unlike(old, self.evaluate(code, year))]
        more = [f"and {len(wrong) - NAMED} more"] if len(wrong) > NAMED else []
        seen = f"{len(before.evaluations)} years, {units} evaluations"
        return Check(what, seen, tuple(wrong[:NAMED] + more))

    def _trail(self) -> str:
        return self.new.manage("verify_trail").splitlines()[0]

    def _tried(self, what: str, look: Any) -> Check:
        try:
            return Check(what, look())
        except StoppedError as error:
            return Check(what, "stopped", (str(error),))

    def evaluate(self, code: Code, year: int) -> Any:
        return json.loads(code.manage("evaluate", "--as-of", f"{year}-12-31", "--json"))

    def visit(self, code: Code, *words: str) -> str:
        years = ("--years", *map(str, self.years))
        said = code.script(HERE / "visit.py", "--password", PASSWORD, *years, *words)
        return f"{len(said.splitlines())} answers"

    def workbook(self, code: Code, name: str) -> dict[str, int]:
        """Rows by sheet of the oldest closed month's rollup."""
        path = self.folder / name
        code.manage("rollup", "--as-of", f"{min(self.years)}-12-31", "--out", str(path))
        book = openpyxl.load_workbook(path, read_only=True)
        return {sheet.title: sum(1 for _ in sheet.iter_rows()) for sheet in book.worksheets}


def slowest(migrations: Sequence[tuple[str, float]], number: int = NAMED) -> str:
    """The migrations that took longest, for the summary."""
    ordered = sorted(migrations, key=lambda each: -each[1])
    return ", ".join(f"{name} {seconds:.2f} s" for name, seconds in islice(ordered, number))
