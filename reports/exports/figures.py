"""The rollup for those who may see figures and no names of people."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from reports.workbook.sheets import BASIS
from reports.workbook.spec import SheetSpec

MEMBERS = "成员学习情况"
LEDGER = "学习台账"
NAMES = ("主持人", "重点发言人")
"""Columns of the ledger that hold names."""
_SAID = ("人员姓名", "本表仅含数据，不列成员学习情况，学习台账不列主持人和重点发言人。")


def without_names(sheets: Sequence[SheetSpec]) -> list[SheetSpec]:
    """The sheets but for the members', the ledger without the columns that hold names.

    The order stays, and so does what the last sheet says of the others.
    """
    return [_shorn(sheet) for sheet in sheets if sheet.name != MEMBERS]


def _shorn(sheet: SheetSpec) -> SheetSpec:
    if sheet.name == LEDGER:
        kept = [place for place, column in enumerate(sheet.columns) if column.header not in NAMES]
        columns = tuple(sheet.columns[place] for place in kept)
        return replace(sheet, columns=columns, rows=_only(kept, sheet.rows))
    if sheet.name == BASIS:
        return replace(sheet, rows=_basis(sheet.rows))
    return sheet


def _only(places: Sequence[int], rows: Iterable[Sequence[object]]) -> Iterator[Sequence[object]]:
    for row in rows:
        yield [row[place] for place in places]


def _basis(rows: Iterable[Sequence[object]]) -> Iterator[Sequence[object]]:
    yield _SAID
    for row in rows:
        if not str(row[0]).startswith(MEMBERS):
            yield row
