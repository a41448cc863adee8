"""Cells of a workbook as Excel shows them, by their own number formats."""

from pathlib import Path

from openpyxl import load_workbook
from openpyxl.cell import Cell, MergedCell


def shown_cells(path: Path, sheet: str, columns: int) -> list[list[str]]:
    """The rows of data (from row 4), each value as its number format shows it."""
    rows = load_workbook(path)[sheet].iter_rows(min_row=4, max_col=columns)
    return [[shown(cell) for cell in row] for row in rows]


def shown(cell: Cell | MergedCell) -> str:
    if cell.value is None:
        return ""
    if isinstance(cell.value, int | float):
        if cell.number_format == "0.00%":
            return f"{cell.value * 100:.2f}%"
        if cell.number_format == "0.0":
            return f"{cell.value:.1f}"
        assert cell.number_format == "0"
    return str(cell.value)
