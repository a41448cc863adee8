"""Workbooks to read in tests, honest and otherwise."""

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import openpyxl

SHEET = "xl/worksheets/sheet1.xml"
_SHEET_XML = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    "<sheetData>{rows}</sheetData>{after}</worksheet>"
)
NUMBER = '<c r="{0}"><v>1</v></c>'


def make_workbook(
    rows: Iterable[Sequence[Any]], *, name: str = "Sheet1", merged: Iterable[str] = ()
) -> bytes:
    """A workbook of one sheet."""
    return make_workbooks({name: rows}, merged=merged)


def make_workbooks(sheets: Mapping[str, Iterable[Any]], *, merged: Iterable[str] = ()) -> bytes:
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.worksheets[0])
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        for area in merged:
            sheet.merge_cells(area)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def values_of(data: bytes, sheet: str | None = None) -> list[list[Any]]:
    """What openpyxl reads from a workbook."""
    workbook = openpyxl.load_workbook(io.BytesIO(data))
    chosen = workbook[sheet] if sheet else workbook.worksheets[0]
    return [[cell.value for cell in row] for row in chosen.iter_rows()]


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: Iterable[tuple[str, bytes | str]], *, comment: bytes = b"") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(name, content)
        archive.comment = comment
    return out.getvalue()


def with_parts(**changed: bytes | str) -> bytes:
    """A small honest workbook with parts replaced or added; keys are part names."""
    parts: dict[str, bytes | str] = {**parts_of(make_workbook([["a", 1], ["b", 2]]))}
    parts.update(changed)
    return zipped(parts.items())


def with_cells(rows: str, after: str = "") -> bytes:
    """A workbook whose sheet is the XML given."""
    return with_parts(**{SHEET: _SHEET_XML.format(rows=rows, after=after)})
