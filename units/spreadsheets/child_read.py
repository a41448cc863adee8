"""The reading child: bytes of a workbook in, its sheets as JSON out. Knows no Django."""

import datetime
import io
import json
import re
from collections.abc import Iterable
from typing import Any

import python_calamine

from units.spreadsheets import formulas, gate

BLANK_ROWS_END_A_SHEET = 100
MAX_TEXT = 32_767
MAX_ALL_TEXT = 64 * 1024 * 1024

# The order matters: a datetime is a date, too.
_MOMENTS: tuple[tuple[type[Any], str], ...] = (
    (datetime.datetime, "datetime"),
    (datetime.date, "date"),
    (datetime.time, "time"),
)
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufeff\ufffe\uffff]")


def main(data: bytes) -> bytes:
    """Check and read; a refusal is an answer, not an error."""
    try:
        broken = formulas.broken_cells(data, gate.check_contents(data))
        answer: dict[str, Any] = {"sheets": _sheets(data, broken)}
    except gate.RefusedError as refused:
        answer = {"refused": refused.code, "details": refused.details}
    except python_calamine.PasswordError:
        answer = {"refused": "encrypted", "details": {}}
    except (python_calamine.CalamineError, OSError, ValueError):
        answer = {"refused": "damaged", "details": {}}
    return json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode()


def _sheets(data: bytes, broken: dict[str, formulas.Cells]) -> list[dict[str, Any]]:
    sheets = []
    budget = _Budget()
    with python_calamine.load_workbook(io.BytesIO(data)) as workbook:
        for meta in workbook.sheets_metadata:
            if (
                meta.typ is not python_calamine.SheetTypeEnum.WorkSheet
                or meta.visible is not python_calamine.SheetVisibleEnum.Visible
            ):
                continue
            sheet = workbook.get_sheet_by_name(meta.name)
            rows, cut_off_at = _rows(sheet.iter_rows(), budget)
            _put_errors(rows, broken.get(meta.name, {}))
            merged = sheet.merged_cell_ranges or []
            sheets.append(
                {"name": meta.name, "rows": rows, "merged": merged, "cut_off_at": cut_off_at}
            )
    return sheets


def _put_errors(rows: list[Any], broken: formulas.Cells) -> None:
    """Say so in the cells whose formulas have no result, instead of leaving them blank."""
    by_number = dict(rows)
    for (number, column), error in broken.items():
        cells = by_number.get(number)
        if cells is not None and column < gate.MAX_COLUMNS:
            cells.extend([None] * (column + 1 - len(cells)))
            if cells[column] is None:
                cells[column] = error


class _Budget:
    """How much one workbook may hold altogether."""

    def __init__(self) -> None:
        self.rows = gate.MAX_ROWS
        self.text = MAX_ALL_TEXT

    def spend(self, cells: list[Any]) -> None:
        if len(cells) > gate.MAX_COLUMNS:
            raise gate.RefusedError("too_wide", columns=gate.MAX_COLUMNS)
        self.rows -= 1
        self.text -= sum(len(cell) for cell in cells if isinstance(cell, str))
        if self.rows < 0:
            raise gate.RefusedError("too_many_rows", limit=gate.MAX_ROWS)
        if self.text < 0:
            raise gate.RefusedError("bomb", limit=MAX_ALL_TEXT // (1024 * 1024))


def _rows(source: Iterable[list[Any]], budget: _Budget) -> tuple[list[Any], int | None]:
    """The rows that hold something, each with its true number, and where reading was given up."""
    rows: list[Any] = []
    last = 0
    for number, values in enumerate(source, start=1):
        cells = [_cell(value) for value in values]
        while cells and cells[-1] is None:
            cells.pop()
        if not cells:
            continue
        if number - last > BLANK_ROWS_END_A_SHEET:
            return rows, number
        last = number
        budget.spend(cells)
        rows.append([number, cells])
    return rows, None


def _cell(value: Any) -> Any:
    if isinstance(value, str):
        if value.isprintable() and 0 < len(value) <= MAX_TEXT and not value.isspace():
            return value  # nearly every cell, and quickly
        text = _CONTROL.sub("", value)[:MAX_TEXT]
        return text if text.strip() else None
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, datetime.timedelta):
        return ["hours", value.total_seconds() / 3600]
    for kind, name in _MOMENTS:
        if isinstance(value, kind):
            return [name, value.isoformat()]
    return value
