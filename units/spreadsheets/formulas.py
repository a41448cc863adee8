"""Formulas without a result: cells that look blank to a reader and are not. Knows no Django.

A workbook written by a program and never opened in Excel holds formulas without values; one that
was opened may hold #REF!. Read as blank, either would silently mean nobody and nothing.
"""

import io
import re
import zipfile

from units.spreadsheets.gate import column_number

NO_RESULT = "#公式无结果"
ERRORS = frozenset(
    [NO_RESULT, "#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!"]
)

_BROKEN = re.compile(
    rb'<c r="([A-Z]+)([0-9]+)"(?![^>]*\st="str")[^>]*>'
    rb"(?:<f[^>]*/>|<f[^>]*>[^<]*</f>)(?:<v></v>|<v ?/>)?</c>"
)
_ERROR = re.compile(
    rb'<c r="([A-Z]+)([0-9]+)"[^>]*\st="e"[^>]*>(?:<f[^<]*</f>|<f[^>]*/>)?<v>([^<]*)'
)
_SHEET = re.compile(r'<(?:\w+:)?sheet\s[^>]*?name="([^"]*)"[^>]*?\w+:id="([^"]*)"')
_RELATION = re.compile(r"<(?:\w+:)?Relationship\s([^>]*)>")
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&"))

Cells = dict[tuple[int, int], str]


def broken_cells(data: bytes, members: list[str]) -> dict[str, Cells]:
    """By sheet name: (row from 1, column from 0) and what to read there instead of a blank.

    ``members`` are the parts in which the gate saw signs of such cells.
    """
    if not members:
        return {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = _sheet_names(archive)
        return {names[part]: _in_part(archive.read(part)) for part in members if part in names}


def _in_part(xml: bytes) -> Cells:
    cells: Cells = {}
    for match in _BROKEN.finditer(xml):
        cells[int(match[2]), column_number(match[1].decode()) - 1] = NO_RESULT
    for match in _ERROR.finditer(xml):
        error = match[3].decode()
        at = int(match[2]), column_number(match[1].decode()) - 1
        cells[at] = error if error in ERRORS else NO_RESULT
    return cells


def _sheet_names(archive: zipfile.ZipFile) -> dict[str, str]:
    """Part → name of the sheet, by the workbook's relations."""
    book = next(name for name in archive.namelist() if re.fullmatch(r"xl/workbook\d*\.xml", name))
    relations = archive.read(f"xl/_rels/{book.removeprefix('xl/')}.rels").decode()
    targets: dict[str, str] = {}
    for attributes in _RELATION.findall(relations):
        found = dict(re.findall(r'(\w+)="([^"]*)"', attributes))
        target = found.get("Target", "")
        targets[found.get("Id", "")] = target.lstrip("/") if target[:1] == "/" else f"xl/{target}"
    sheets = _SHEET.findall(archive.read(book).decode())
    return {targets.get(relation, ""): _unescaped(name) for name, relation in sheets}


def _unescaped(text: str) -> str:
    for entity, char in _ENTITIES:
        text = text.replace(entity, char)
    return text
