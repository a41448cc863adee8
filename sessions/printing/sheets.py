"""What the printed papers of one session say (the layouts offices use on paper)."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from sessions.models import Attendance, Speech, StudySession
from units.models import RosterEntry, Unit

# A blank sheet has room for those who come besides.
SPARE_LINES = 3


@dataclass(frozen=True, slots=True)
class SignLine:
    """A line of the sign-in sheet 签到表; a blank one has a name and a post at most."""

    name: str = ""
    post: str = ""
    status: str = ""
    leave_kind: str = ""
    reason: str = ""
    approver: str = ""
    makeup: str = ""


@dataclass(frozen=True, slots=True)
class Turnout:
    """Who came and who did not, in official order; counts in people."""

    lines: list[SignLine]
    here: list[str]
    away: list[str]
    leave: int

    @property
    def due(self) -> int:
        return len(self.lines)

    @property
    def absent(self) -> int:
        """Those neither present nor on leave."""
        return self.due - len(self.here) - self.leave


def group_name(unit: Unit, name: str) -> str:
    """The full name of the unit's group: unit, party body, 理论学习中心组.

    A unit that is listed by the name of its party body (中共…) needs no second one.
    """
    body = unit.get_party_body_display().split("（")[0]
    if name.startswith("中共") or body in name:
        body = ""
    return _("%(unit)s%(body)s理论学习中心组") % {"unit": name, "body": body}


def blank_lines(due: Iterable[RosterEntry]) -> list[SignLine]:
    """One line for each due member, to be signed, and a few empty ones."""
    named = [SignLine(entry.person.name, entry.post) for entry in due]
    return named + [SignLine()] * SPARE_LINES


def turnout(session: StudySession) -> Turnout:
    """The session's attendance as its papers show it; one query."""
    rows = list(
        session.attendance.select_related("member__person").order_by(
            "member__rank_order", "member_id"
        )
    )
    return Turnout(
        lines=[_line(row) for row in rows],
        here=[row.member.person.name for row in rows if row.status in Attendance.HERE],
        away=[_away(row) for row in rows if row.status not in Attendance.HERE],
        leave=sum(row.status == Attendance.Status.LEAVE for row in rows),
    )


def speech_lines(session: StudySession) -> list[str]:
    """Who said what, key speeches first; one query."""
    speeches = session.speeches.select_related("member__person")
    ordered = speeches.order_by("-kind", "member__rank_order", "id")
    return [_speech(speech) for speech in ordered]


def made_up(row: Attendance) -> str:
    """What became of an absence: when and how it was made up for; nothing while it was not."""
    if not row.makeup_date or row.status in Attendance.HERE:
        return ""
    state = _("已补学") if row.makeup_confirmed_on else _("待确认")
    return f"{row.makeup_date:%m-%d} {row.get_makeup_method_display()} {state}"


def _line(row: Attendance) -> SignLine:
    return SignLine(
        name=row.member.person.name,
        post=row.member.post,
        status=row.get_status_display(),
        leave_kind=row.get_leave_kind_display(),
        reason=row.reason,
        approver=row.approver,
        makeup=made_up(row),
    )


def _away(row: Attendance) -> str:
    why = row.get_leave_kind_display() or row.get_status_display()
    said = f"{why}：{row.reason}" if row.reason and row.reason != why else why
    return f"{row.member.person.name}（{said}）"


def _speech(speech: Speech) -> str:
    said = f"{speech.member.person.name}（{speech.get_kind_display()}）"
    return f"{said}：{speech.title}" if speech.title else said
