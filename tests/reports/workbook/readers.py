"""The same file as three independent readers see it."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from reports.workbook.spec import Cell, CellKind, ColumnSpec, SheetSpec

Values = list[list[object]]


def make_sheet(
    rows: Iterable[Sequence[object]],
    *,
    kinds: Sequence[CellKind] = (CellKind.TEXT,),
    name: str = "学习台账",
    title: str = "标题",
    scope: str = "统计期：2026年6月",
    legend: tuple[Cell, ...] = (),
) -> SheetSpec:
    """A sheet with columns 列1, 列2 … of these kinds."""
    columns = tuple(ColumnSpec(f"列{n}", 12, kind) for n, kind in enumerate(kinds, start=1))
    return SheetSpec(name, title, scope, columns, rows, legend)


def openpyxl_values(path: Path, sheet: str, *, read_only: bool = False) -> Values:
    """Rows of data (from row 4), empty cells as None."""
    worksheet = load_workbook(path, read_only=read_only)[sheet]
    return [list(row) for row in worksheet.iter_rows(min_row=4, values_only=True)]


def calamine_values(path: Path, sheet: str) -> Values:
    """Rows of data (from row 4), empty cells as None."""
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_name(sheet).to_python()
    return [[None if value == "" else value for value in row] for row in rows[3:]]
