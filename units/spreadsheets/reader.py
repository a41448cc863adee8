"""A workbook's values, read behind the gate in a limited child."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from units.spreadsheets import gate, sandbox

Value = str | int | float | bool | date | datetime | time | None

_CHILD = "units.spreadsheets.child_read"
_DECODERS: dict[str, Callable[[Any], Value]] = {
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
    "time": time.fromisoformat,
    "hours": float,
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A visible sheet: rows that hold something, by their true numbers (from 1).

    ``merged`` are ranges ((top row, left column), (bottom row, right column)), counted from 0.
    ``cut_off_at`` is the row at which reading stopped behind a hundred blank ones.
    """

    name: str
    rows: dict[int, list[Value]]
    merged: tuple[tuple[tuple[int, int], tuple[int, int]], ...] = ()
    cut_off_at: int | None = None


def load(path: Path) -> bytes:
    """The file's bytes, never more than the gate lets through.

    Raises gate.RefusedError if it is too big, OSError if it cannot be opened.
    """
    with path.open("rb") as file:
        data = file.read(gate.MAX_BYTES + 1)
    if len(data) > gate.MAX_BYTES:
        raise gate.RefusedError("too_big", limit=gate.MAX_BYTES // (1024 * 1024))
    return data


def read_workbook(data: bytes) -> tuple[Sheet, ...]:
    """All visible sheets.

    Raises gate.RefusedError with the reason if the file is not an honest workbook.
    """
    gate.check_container(data)
    try:
        answer = json.loads(sandbox.run(_CHILD, data))
    except sandbox.ChildFailedError as error:
        raise gate.RefusedError("too_heavy") from error
    if "refused" in answer:
        raise gate.RefusedError(answer["refused"], **answer["details"])
    return tuple(_sheet(sheet) for sheet in answer["sheets"])


def _sheet(answer: dict[str, Any]) -> Sheet:
    return Sheet(
        name=answer["name"],
        rows={
            number: [_decoded(cell) if isinstance(cell, list) else cell for cell in cells]
            for number, cells in answer["rows"]
        },
        merged=tuple(((a, b), (c, d)) for (a, b), (c, d) in answer["merged"]),
        cut_off_at=answer["cut_off_at"],
    )


def _decoded(cell: list[Any]) -> Value:
    kind, text = cell
    return _DECODERS[kind](text)
