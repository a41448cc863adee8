"""The members' rows of the form: how they are named, read and shown."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from sessions.models import Attendance
from sessions.recording.written import Mark
from units.access.numbers import sent_number
from units.models import RosterEntry, Unit

Status = Attendance.Status
Kind = Attendance.LeaveKind
LENGTHS = {"reason": 200, "approver": 60, "title": 200}
# One choice says it all: leave comes with its kind.
PLAIN = [(status.value, status.label) for status in Status if status is not Status.LEAVE]
LEAVE = [(f"leave:{kind.value}", kind.label) for kind in Kind]
CHOICES = {value for value, _label in (*PLAIN, *LEAVE)}
LEAVE_LABEL = _("请假")


@dataclass(frozen=True, slots=True)
class MemberRow:
    """``is_new``: due on this day, but not on the record so far."""

    person: int
    name: str
    post: str
    role: str
    mark: Mark
    is_new: bool = False

    @property
    def choice(self) -> str:
        mark = self.mark
        return f"leave:{mark.leave_kind}" if mark.status == Status.LEAVE else mark.status


@dataclass(frozen=True, slots=True)
class Rows:
    """``gone``: names on the record, or on the form sent, that are not due on this day."""

    rows: list[MemberRow]
    gone: list[str]

    @property
    def due(self) -> int:
        return len(self.rows)

    @property
    def here(self) -> int:
        return sum(row.mark.is_here for row in self.rows)


def read_marks(sent: QueryDict) -> dict[int, Mark]:
    """What was ticked, by person. A choice nobody offered is no mark: the checks before submission
    will miss that person.
    """
    marks = {}
    for name in sent:
        kind, _dash, person = name.partition("-")
        number = sent_number(person)
        if kind == "attendance" and number is not None and sent[name] in CHOICES:
            marks[number] = _mark(sent, person)
    return marks


def _mark(sent: QueryDict, person: str) -> Mark:
    choice = str(sent[f"attendance-{person}"])
    status, _colon, leave_kind = choice.partition(":")
    words = {
        name: " ".join(sent.get(f"{name}-{person}", "").replace("\0", "").split())[:length]
        for name, length in LENGTHS.items()
    }
    return Mark(
        status=status,
        leave_kind=leave_kind,
        key=f"key-{person}" in sent,
        exchange=f"exchange-{person}" in sent,
        **words,
    ).tidied()


def member_rows(unit: Unit, due: Iterable[RosterEntry], marks: Mapping[int, Mark]) -> Rows:
    """A row for everybody due, in official order, present unless marked otherwise."""
    rows = [
        MemberRow(
            person=entry.person_id,
            name=entry.person.name,
            post=entry.post,
            role=entry.get_role_display() if entry.role != RosterEntry.Role.MEMBER else "",
            mark=marks.get(entry.person_id, Mark()),
            is_new=bool(marks) and entry.person_id not in marks,
        )
        for entry in due
    ]
    gone = marks.keys() - {row.person for row in rows}
    names = unit.people.filter(pk__in=gone).values_list("name", flat=True) if gone else []
    return Rows(rows, list(names))
