"""What an import found and did."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.audit import record
from accounts.models import User
from units.spreadsheets.annotated import annotate
from units.spreadsheets.problems import Problem, ProblemGroup, grouped
from units.spreadsheets.reader import Sheet
from units.spreadsheets.tables import Column, Table, find_table, no_table

# What an IntegrityError of an import says: only somebody else can have written the same.
WRITTEN_MEANWHILE = _("核对期间，有人写入了同样的内容。没有写入任何内容，请重新导入。")

Item = TypeVar("Item")
Watch = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class ImportRun:
    """How an import is to happen: when, by whom, on trial, with or without the bad rows.

    ``at`` dates the records; ``made_at`` is when it really happens, where that is another moment.
    ``trail`` are further columns of the audit line: from where, in which role. ``watch`` is told
    what is being done, and how many rows of how many.
    """

    at: datetime
    by: User | None = None
    made_at: datetime | None = None
    dry_run: bool = False
    only_good_rows: bool = False
    trail: Mapping[str, Any] = field(default_factory=dict)
    watch: Watch | None = None

    @property
    def happened(self) -> datetime:
        """When it really happens, whatever day its records are dated with."""
        return self.made_at or self.at

    def followed(self, words: str, rows: Iterable[Item], total: int) -> Iterator[Item]:
        """The rows as they are, with ``watch`` told of each that was dealt with."""
        for done, row in enumerate(rows, start=1):
            yield row
            if self.watch is not None:
                self.watch(words, done, total)
        if self.watch is not None:  # rows that are blank or signatures are none
            self.watch(words, total, total)


@dataclass(slots=True)
class ImportReport:
    """Rows read, created and found unchanged, and everything wrong.

    ``warnings`` say what of the record the rows touch: no fault of theirs, but to be agreed to.

    Nothing was written if ``written`` is false: a dry run, or problems without the wish to take
    the good rows alone.
    """

    read: int = 0
    created: int = 0
    unchanged: int = 0
    written: bool = False
    problems: list[Problem] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    ignored_sheets: list[str] = field(default_factory=list)
    notes: dict[tuple[str, int], str] = field(default_factory=dict)
    headers: dict[str, int] = field(default_factory=dict)

    def tables_among(
        self,
        sheets: Iterable[Sheet],
        columns: tuple[Column, ...],
        *,
        one_of: Collection[str],
        without: str,
        advice: str,
    ) -> list[Table]:
        """The tables of a workbook that have at least one of the columns ``one_of``.

        Other sheets are named as ignored; that there is no table at all is a problem, said in the
        sentences ``without`` and ``advice``.
        """
        sheets = list(sheets)
        tables = [table for sheet in sheets if (table := find_table(sheet, columns))]
        tables = [table for table in tables if not table.columns.keys().isdisjoint(one_of)]
        taken = {table.sheet.name for table in tables}
        self.ignored_sheets = [sheet.name for sheet in sheets if sheet.name not in taken]
        if not tables:
            self.problems.append(no_table(sheets, without, advice))
        return tables

    def take(self, table: Table) -> None:
        """Remember where the table's header is and what is wrong with the sheet."""
        self.headers[table.sheet.name] = table.header_row
        self.problems.extend(table.problems)

    def note(self, sheet: str, row: int, text: str) -> None:
        """What became of a row without a problem."""
        self.notes[(sheet, row)] = text

    def settle(self, run: ImportRun, *, action: str, unit_code: str = "") -> None:
        """End the caller's transaction: let it stand with a line in the audit trail, or undo it."""
        self.written = not run.dry_run and (run.only_good_rows or not self.problems)
        if not self.written:
            transaction.set_rollback(True)
            return
        record(
            action=action,
            at=run.at,
            actor=run.by,
            unit_code=unit_code,
            after={"read": self.read, "created": self.created, "refused": len(self.problems)},
            **run.trail,
        )

    def groups(self) -> list[ProblemGroup]:
        """The problems, the same one in several rows said once."""
        return grouped(self.problems)

    def annotated(self, data: bytes) -> bytes:
        """The workbook with a column 导入结果 and the bad cells coloured.

        Raises gate.RefusedError if it is too heavy to be written again.
        """
        return annotate(data, self.problems, headers=self.headers, notes=self.notes)


def bad_rows(problems: Iterable[Problem]) -> set[tuple[str, int]]:
    """Sheet and number of the rows that have a problem."""
    return {(problem.sheet, problem.row) for problem in problems}
