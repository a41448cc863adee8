"""Who took part in which session (出勤明细): a row for each member of each session.

Kinds and reasons of leave are sensitive and have no place here. Sessions and their attendance are
read a slice of units at a time, so that memory does not grow with the rows.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence

from django.db.models import QuerySet

from reports.closings.printed import closed_attendance
from reports.exports.keys import keys_of
from reports.exports.ranges import Range
from reports.models import ClosedUnit
from reports.workbook.attendance_rows import attendance_rows_in
from reports.workbook.data import AttendanceRow, SessionRow
from reports.workbook.session_rows import session_rows_in
from reports.workbook.spec import CellKind, ColumnSpec
from reports.workbook.unit_keys import UnitKey, facts_of

Row = tuple[object, ...]
K = CellKind
SLICE = 100

ATTENDANCE_COLUMNS = (
    ColumnSpec("序号", 7, K.INTEGER),
    ColumnSpec("单位", 18, K.WRAPPED),
    ColumnSpec("学习时间", 11, K.DATE),
    ColumnSpec("半天数", 6, K.INTEGER),
    ColumnSpec("学习形式", 12, K.CENTRED),
    ColumnSpec("学习主题", 30, K.WRAPPED),
    ColumnSpec("姓名", 10, K.CENTRED),
    ColumnSpec("职务", 26, K.WRAPPED),
    ColumnSpec("中心组职务", 11, K.CENTRED),
    ColumnSpec("出勤情况", 9, K.CENTRED),
    ColumnSpec("统计口径", 10, K.CENTRED),
    ColumnSpec("补学日期", 11, K.DATE),
    ColumnSpec("补学确认日期", 11, K.DATE),
    ColumnSpec("审核状态", 9, K.CENTRED),
)


def unit_keys(chosen: Range) -> list[UnitKey]:
    """The units of the range that owe anything in the year, in official order; four queries."""
    return keys_of(chosen.units(), year=chosen.as_of.year, as_of=chosen.as_of)


def attendance_rows(
    keys: Sequence[UnitKey], year: int, told: Callable[[int], None]
) -> Iterator[Row]:
    """One row a member and session, by unit, date and official order, as of the keys' day.

    Drafts are the unit's own affair. `told` learns how many units are done.
    """
    number = 0
    for start in range(0, len(keys), SLICE):
        told(start)
        part = keys[start : start + SLICE]
        turns: dict[Hashable, list[AttendanceRow]] = defaultdict(list)
        for _unit, session, turn in attendance_rows_in(part, year):
            turns[session].append(turn)
        for _unit, session, row in session_rows_in(part, facts_of(part, year), year):
            for turn in turns[session]:
                number += 1
                yield _row(number, row, turn)
    told(len(keys))


def closed_attendance_rows(
    units: QuerySet[ClosedUnit], told: Callable[[int], None]
) -> Iterator[Row]:
    """The same rows as a closed month keeps them; nothing on record today is looked at."""
    number = done = 0
    for done, turns in enumerate(closed_attendance(units), start=1):
        if done % SLICE == 1:
            told(done - 1)
        for session, turn in turns:
            number += 1
            yield _row(number, session, turn)
    told(done)


def _row(number: int, session: SessionRow, turn: AttendanceRow) -> Row:
    return (
        number,
        session.unit,
        session.date,
        session.half_days,
        session.form,
        session.theme,
        *turn,
        session.status,
    )
