"""Rows of the workbooks as plain values by the names of their fields, and back.

A field that a row gains later needs a default: months closed before do not have it.
"""

import datetime as dt
from collections.abc import Hashable, Iterable, Mapping
from typing import Any

from reports.workbook.data import AttendanceRow, MemberRow, SessionRow

Plain = dict[str, Any]

_SESSION_DATES = ("date", "end_date", "submitted_on")
_ATTENDANCE_DATES = ("made_up_on", "confirmed_on")


def plain_session(key: Hashable, row: SessionRow) -> Plain:
    """A session's row with the session's id."""
    return {"id": key, **_plain(row._asdict(), _SESSION_DATES)}


def session_row(stored: Mapping[str, Any]) -> SessionRow:
    """The row as it was."""
    return SessionRow(**_read(stored, SessionRow._fields, _SESSION_DATES))


def plain_member(row: MemberRow) -> Plain:
    """A member's row."""
    return row._asdict()


def member_row(stored: Mapping[str, Any]) -> MemberRow:
    """The row as it was."""
    return MemberRow(**_read(stored, MemberRow._fields))


def plain_attendance(session: Hashable, row: AttendanceRow) -> Plain:
    """A member's part in a session, with the session's id."""
    return {"session": session, **_plain(row._asdict(), _ATTENDANCE_DATES)}


def attendance_row(stored: Mapping[str, Any]) -> AttendanceRow:
    """The row as it was."""
    return AttendanceRow(**_read(stored, AttendanceRow._fields, _ATTENDANCE_DATES))


def _plain(values: Plain, dates: Iterable[str]) -> Plain:
    for name in dates:
        day = values[name]
        values[name] = day.isoformat() if day else None
    return values


def _read(stored: Mapping[str, Any], fields: Iterable[str], dates: Iterable[str] = ()) -> Plain:
    values = {name: stored[name] for name in fields if name in stored}
    for name in dates:
        values[name] = dt.date.fromisoformat(values[name]) if values[name] else None
    return values
