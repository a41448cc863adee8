"""Rows as text with commas, made while it is sent: memory does not grow with their number."""

import csv
import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from reports.workbook.spec import CellKind, ColumnSpec

_MARK: Final = "\ufeff"
"""Says UTF-8; without it Excel takes Chinese for something else."""
_FORMULA_SIGNS: Final = tuple("=+-@\t\r\0＝＋－＠")
"""Excel takes what begins so for a formula; the last four are what Chinese keyboards type."""


class _Echo:
    """What the csv module writes to: gives every row back instead of keeping it."""

    def write(self, row: str) -> str:
        return row


def csv_lines(columns: Sequence[ColumnSpec], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """The header and a line for each row, as Excel opens them."""
    writer = csv.writer(_Echo())
    yield _MARK + writer.writerow([column.header for column in columns])
    kinds = [column.kind for column in columns]
    for row in rows:
        yield writer.writerow([_cell(value, kind) for value, kind in zip(row, kinds, strict=True)])


def _harmless(text: str) -> str:
    """The text as no spreadsheet takes it for a formula."""
    return f"'{text}" if text.startswith(_FORMULA_SIGNS) else text


def _cell(value: object, kind: CellKind) -> str:
    """A value as the workbook shows it; dates in ISO form."""
    if value is None:
        return ""
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, float):
        return f"{value:.2%}" if kind is CellKind.PERCENT else f"{value:g}"
    return _harmless(value) if isinstance(value, str) else str(value)
