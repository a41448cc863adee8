"""Attendance in the database → who took part in which session, in words. A query a slice."""

from collections.abc import Hashable, Iterator, Sequence

from reports.rules.words import COUNTS_AS_LABELS
from reports.workbook.data import AttendanceRow
from reports.workbook.unit_keys import UnitKey
from sessions.models import Attendance
from units.models import RosterEntry


def attendance_rows_in(
    part: Sequence[UnitKey], year: int
) -> Iterator[tuple[int, Hashable, AttendanceRow]]:
    """A slice's rows of the year's sessions, drafts included, each after its unit's and its
    session's id; a session's in official order.
    """
    contexts = {unit.id: unit.context for unit in part}
    rows = (
        Attendance.objects.filter(session__unit__in=contexts, session__date__year=year)
        .order_by("member__rank_order", "member_id")
        .values_list("session__unit", "session", "member__person__name", "member__post",
                     "member__role", "status", "leave_kind", "makeup_date", "makeup_confirmed_on")
    )  # fmt: skip
    for unit, session, name, post, role, status, kind, made_up_on, confirmed_on in rows.iterator():
        context = contexts[unit]
        is_seen = confirmed_on is not None and confirmed_on <= context.as_of
        yield (
            unit,
            session,
            AttendanceRow(
                name=name,
                post=post,
                role=_ROLES[role],
                status=_STATUSES[status],
                counts_as=COUNTS_AS_LABELS[context.counts_as(status, kind)],
                made_up_on=made_up_on if is_seen else None,
                confirmed_on=confirmed_on if is_seen else None,
            ),
        )


_ROLES = {role.value: str(role.label) for role in RosterEntry.Role}
_STATUSES = {status.value: str(status.label) for status in Attendance.Status}
