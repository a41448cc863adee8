"""Cells put right on the page instead of in the workbook."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from units.imports.wizard.outcome import Outcome
from units.spreadsheets.reader import Sheet, Value

Edits = dict[str, dict[str, str]]

_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
LONGEST = 2000


def edits_in(sent: Mapping[str, str], outcome: Outcome) -> Edits:
    """The values that differ from what stands in the cells; only of cells that were wrong."""
    found: Edits = {}
    for cell in outcome.wrong_cells:
        value = sent.get(cell.field) if cell.field else None
        if value is not None and value.strip() != cell.first.value:
            place = f"{cell.first.column}{cell.first.row}"
            found.setdefault(cell.first.sheet, {})[place] = value.strip()[:LONGEST]
    return found


def merged(old: Edits, new: Edits) -> Edits:
    """Earlier edits with later ones over them."""
    return {sheet: {**old.get(sheet, {}), **new.get(sheet, {})} for sheet in {*old, *new}}


def edited(sheets: Iterable[Sheet], edits: Edits) -> tuple[Sheet, ...]:
    """The sheets as if the workbook had been put right."""
    return tuple(
        _edited(sheet, edits[sheet.name]) if sheet.name in edits else sheet for sheet in sheets
    )


def _edited(sheet: Sheet, cells: Mapping[str, str]) -> Sheet:
    rows = {number: list(values) for number, values in sheet.rows.items()}
    places = {_place(address): text for address, text in cells.items()}
    kept = []
    for area in sheet.merged:
        if any(_holds(area, place) for place in places):
            # One value for all of them no longer holds: every cell gets its own.
            _unmerge(rows, area)
        else:
            kept.append(area)
    for (number, column), text in places.items():
        _put(rows.setdefault(number, []), column, text or None)
    ordered = dict(sorted(rows.items()))
    return replace(sheet, rows=ordered, merged=tuple(kept))


def _place(address: str) -> tuple[int, int]:
    """Row (from 1) and column (from 0) of C5."""
    match = _ADDRESS.fullmatch(address)
    if match is None:
        raise ValueError(address)
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]), column - 1


def _holds(area: tuple[tuple[int, int], tuple[int, int]], place: tuple[int, int]) -> bool:
    (top, left), (bottom, right) = area
    return top < place[0] <= bottom + 1 and left <= place[1] <= right


def _unmerge(rows: dict[int, list[Value]], area: tuple[tuple[int, int], tuple[int, int]]) -> None:
    (top, left), (bottom, right) = area
    first = rows.get(top + 1, [])
    value = first[left] if left < len(first) else None
    for number in range(top + 1, bottom + 2):
        if number in rows:
            for column in range(left, right + 1):
                _put(rows[number], column, value)


def _put(row: list[Value], column: int, value: Value) -> None:
    row.extend([None] * (column + 1 - len(row)))
    row[column] = value
