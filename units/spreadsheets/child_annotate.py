"""The annotating child: a workbook and marks in, the same workbook with them out. No Django."""

import io
import json
import re
from typing import Any

import openpyxl
from openpyxl.cell import MergedCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

_BAD = PatternFill("solid", fgColor="FFC7CE")
_GOOD = Font(color="006100")
_TITLE = Font(bold=True)
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_WRONG = Font(color="9C0006")
_RESULT_WIDTH = 60
_MAX_TEXT = 32_000
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")


def main(data: bytes) -> bytes:
    """``data`` is a line of JSON (marks by sheet), then the workbook."""
    line, _, workbook_bytes = data.partition(b"\n")
    marks = json.loads(line)
    workbook = openpyxl.load_workbook(io.BytesIO(workbook_bytes))
    for mark in marks["sheets"]:
        sheet = workbook[mark["name"]]
        if isinstance(sheet, Worksheet):
            _mark(sheet, mark, marks["title"])
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def _mark(sheet: Worksheet, mark: dict[str, Any], title: str) -> None:
    column = _result_column(sheet, mark["header_row"], title)
    _write(sheet, mark["header_row"], column, title, _TITLE)
    sheet.column_dimensions[get_column_letter(column)].width = _RESULT_WIDTH
    for row, text, is_wrong in mark["results"]:
        _write(sheet, row, column, text, _WRONG if is_wrong else _GOOD)
    for address in mark["cells"]:
        sheet[address].fill = _BAD


def _result_column(sheet: Worksheet, header_row: int, title: str) -> int:
    """The column of an earlier import's results, or the first free one on the right."""
    used = 0
    for cell in sheet[header_row]:
        if cell.value == title:
            return int(cell.column or 1)
        if cell.value is not None:
            used = int(cell.column or 1)
    return max(used, sheet.max_column if sheet.max_column < 200 else used) + 1


def _write(sheet: Worksheet, row: int, column: int, text: str, font: Font) -> None:
    cell = sheet.cell(row=row, column=column)
    if isinstance(cell, MergedCell):
        return
    cell.value = _UNWRITABLE.sub("", text)[:_MAX_TEXT]
    cell.data_type = "s"  # else a text that begins with = becomes a formula
    cell.font = font
    cell.alignment = _WRAPPED
