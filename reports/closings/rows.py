"""Rows of the workbook's sheets as plain values by the names of their fields, and back.

A field that a row gains later needs a default: months closed before do not have it.
"""

import datetime as dt
from collections.abc import Hashable, Mapping
from typing import Any

from reports.workbook.data import MemberRow, SessionRow

Plain = dict[str, Any]

_DATES = ("date", "end_date", "submitted_on")


def plain_session(key: Hashable, row: SessionRow) -> Plain:
    """A session's row with the session's id."""
    values = row._asdict()
    for name in _DATES:
        day = values[name]
        values[name] = day.isoformat() if day else None
    return {"id": key, **values}


def session_row(stored: Mapping[str, Any]) -> SessionRow:
    """The row as it was."""
    values = {name: stored[name] for name in SessionRow._fields if name in stored}
    for name in _DATES:
        values[name] = dt.date.fromisoformat(values[name]) if values[name] else None
    return SessionRow(**values)


def plain_member(row: MemberRow) -> Plain:
    """A member's row."""
    return row._asdict()


def member_row(stored: Mapping[str, Any]) -> MemberRow:
    """The row as it was."""
    return MemberRow(**{name: stored[name] for name in MemberRow._fields if name in stored})
