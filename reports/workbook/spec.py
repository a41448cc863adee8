"""What a workbook is made of: sheets, columns, kinds of cell. Knows no file format."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple


class CellKind(StrEnum):
    """How a cell is shown; the last seven are the outcomes of an obligation, by their own keys."""

    TEXT = "text"
    WRAPPED = "wrapped"
    CENTRED = "centred"
    INTEGER = "integer"
    DECIMAL = "decimal"
    PERCENT = "percent"
    DATE = "date"
    MET = "met"
    MET_LATE = "met_late"
    MISSED = "missed"
    AT_RISK = "at_risk"
    PENDING = "pending"
    WAIVED = "waived"
    NOT_APPLICABLE = "not_applicable"


class Cell(NamedTuple):
    """A value that is shown otherwise than the rest of its column."""

    value: Any
    kind: CellKind


@dataclass(frozen=True)
class ColumnSpec:
    """A column: its header, its width (a Chinese character takes two), its usual kind."""

    header: str
    width: float
    kind: CellKind = CellKind.TEXT


@dataclass(frozen=True)
class SheetSpec:
    """One sheet: merged title (row 1), scope line (row 2), header (row 3), data from row 4.

    `rows` is read once, from the first to the last; a generator never stands in memory as a
    whole. `legend` fills the right end of row 2, one cell a column.
    """

    name: str
    title: str
    scope: str
    columns: tuple[ColumnSpec, ...]
    rows: Iterable[Sequence[object]]
    legend: tuple[Cell, ...] = ()
