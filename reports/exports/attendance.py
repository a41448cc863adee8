"""Who took part in which session (出勤明细): a row for each member of each session.

Kinds and reasons of leave are sensitive and have no place here. Sessions and their attendance are
read a slice of units at a time, so that memory does not grow with the rows.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import NamedTuple

from reports.evaluation import Judges
from reports.exports.ranges import Range
from reports.gather import heads
from reports.rule_book import rule_book
from reports.rules.words import COUNTS_AS_LABELS
from reports.workbook.data import SessionRow
from reports.workbook.session_rows import session_rows_in
from reports.workbook.spec import CellKind, ColumnSpec
from reports.workbook.unit_keys import UnitKey, facts_of
from reports.working_days import recorded_calendar
from sessions.models import Attendance
from sessions.pages.names import short_names
from units.models import RosterEntry

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


class _Turn(NamedTuple):
    """One member's part in one session."""

    name: str
    post: str
    role: str
    status: str
    leave_kind: str
    made_up_on: dt.date | None
    confirmed_on: dt.date | None


def unit_keys(chosen: Range) -> list[UnitKey]:
    """The units of the range that owe anything in the year, in official order; eight queries."""
    year = chosen.as_of.year
    found = heads(chosen.units(), year)
    names = short_names([head.id for head in found], chosen.as_of)
    judges = Judges(
        as_of=chosen.as_of,
        year=year,
        book=rule_book(year=year, as_of=chosen.as_of),
        calendar=recorded_calendar(),
    )
    return [
        UnitKey(
            head.id,
            names.get(head.id, head.code),
            head.established_on,
            head.abolished_on,
            judges.bound_by(head)[1],
        )
        for head in found
    ]


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
        turns = _turns([key.id for key in part], year)
        by_id = {key.id: key for key in part}
        for unit, session, row in session_rows_in(part, facts_of(part, year), year):
            for turn in turns.get(session, ()):
                number += 1
                yield _row(number, row, turn, by_id[unit])
    told(len(keys))


def _row(number: int, session: SessionRow, turn: _Turn, unit: UnitKey) -> Row:
    counts_as = unit.context.counts_as(turn.status, turn.leave_kind)
    confirmed = turn.confirmed_on
    is_seen = confirmed is not None and confirmed <= unit.context.as_of
    return (
        number,
        session.unit,
        session.date,
        session.half_days,
        session.form,
        session.theme,
        turn.name,
        turn.post,
        _ROLES[turn.role],
        _STATUSES[turn.status],
        COUNTS_AS_LABELS[counts_as],
        turn.made_up_on if is_seen else None,
        confirmed if is_seen else None,
        session.status,
    )


def _turns(unit_ids: Sequence[int], year: int) -> dict[Hashable, list[_Turn]]:
    rows = (
        Attendance.objects.filter(session__unit__in=unit_ids, session__date__year=year)
        .order_by("member__rank_order", "member_id")
        .values_list("session_id", "member__person__name", "member__post", "member__role",
                     "status", "leave_kind", "makeup_date", "makeup_confirmed_on")
    )  # fmt: skip
    found: dict[Hashable, list[_Turn]] = defaultdict(list)
    for session, name, post, role, status, kind, made_up_on, confirmed_on in rows.iterator():
        found[session].append(_Turn(name, post, role, status, kind, made_up_on, confirmed_on))
    return found


_ROLES = {role.value: str(role.label) for role in RosterEntry.Role}
_STATUSES = {status.value: str(status.label) for status in Attendance.Status}
