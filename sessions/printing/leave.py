"""The leave slip 请假单: one for each member on leave, as the record says it."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from sessions.models import Attendance, StudySession
from sessions.printing.contents import group_on, when
from sessions.printing.sheets import made_up

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

KINDS: tuple[tuple[str, "StrOrPromise"], ...] = tuple(
    (kind.value, kind.label) for kind in Attendance.LeaveKind
)


@dataclass(frozen=True, slots=True)
class LeaveSlip:
    """What a member asks and the leader grants; ``kind`` is a key of KINDS, blank if none."""

    group: str = ""
    name: str = ""
    post: str = ""
    role: str = ""
    when: str = ""
    theme: str = ""
    kind: str = ""
    reason: str = ""
    approver: str = ""
    makeup: str = ""


def leave_slips(session: StudySession) -> list[LeaveSlip]:
    """In official order, or one to be written by hand; two queries. ``session`` has its unit."""
    rows = session.attendance.filter(status=Attendance.Status.LEAVE)
    ordered = rows.select_related("member__person").order_by("member__rank_order", "member_id")
    group = group_on(session.unit, session.date)
    theme = _("（内容不上网，见纸质档案）") if session.is_offline_only else session.theme
    of_session = LeaveSlip(group=group, when=when(session), theme=theme)
    return [
        replace(
            of_session,
            name=row.member.person.name,
            post=row.member.post,
            role=row.member.get_role_display(),
            kind=row.leave_kind,
            reason=row.reason,
            approver=row.approver,
            makeup=made_up(row),
        )
        for row in ordered
    ] or [of_session]
