"""What a check found, as it is kept between two pages."""

from dataclasses import astuple, dataclass, field
from typing import Any

from units.imports.report import ImportReport
from units.models import ImportUpload
from units.spreadsheets.problems import Problem

SHOWN = 200


@dataclass(slots=True)
class WrongCell:
    """One cell, or one row or sheet where no cell is to blame, with all that is wrong with it.

    ``field`` is the name under which the page sends a new value; empty if none would help.
    """

    first: Problem
    said: list[Problem]

    @property
    def field(self) -> str:
        if not (self.first.column and self.first.row):
            return ""
        return f"at.{self.first.sheet}!{self.first.column}{self.first.row}"


@dataclass(slots=True)
class Outcome:
    """Counts of rows, problems, and what the annotated workbook says of good rows."""

    read: int = 0
    created: int = 0
    unchanged: int = 0
    problems: list[Problem] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    ignored_sheets: list[str] = field(default_factory=list)
    headers: dict[str, int] = field(default_factory=dict)
    notes: dict[tuple[str, int], str] = field(default_factory=dict)

    @property
    def wrong_cells(self) -> list[WrongCell]:
        """By place, in the order of the workbook; several problems of a cell together."""
        cells: dict[tuple[str, int, str], WrongCell] = {}
        for problem in sorted(self.problems, key=lambda one: (one.sheet, one.row)):
            key = (problem.sheet, problem.row, problem.column)
            cells.setdefault(key, WrongCell(problem, [])).said.append(problem)
        return list(cells.values())


def to_store(report: ImportReport) -> dict[str, Any]:
    """The report as JSON."""
    return {
        "read": report.read,
        "created": report.created,
        "unchanged": report.unchanged,
        "problems": [astuple(problem) for problem in report.problems],
        "warnings": report.warnings,
        "ignored_sheets": report.ignored_sheets,
        "headers": report.headers,
        "notes": [[sheet, row, text] for (sheet, row), text in report.notes.items()],
    }


def outcome_of(upload: ImportUpload) -> Outcome:
    """What the last check of the upload, or its import, found."""
    kept = upload.outcome
    if not kept:
        return Outcome()
    problems = [Problem(*values) for values in kept["problems"]]
    notes = {(sheet, row): text for sheet, row, text in kept["notes"]}
    return Outcome(**{**kept, "problems": problems, "notes": notes})
