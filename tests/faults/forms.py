"""What clerks send: a record of a session, complete and new each time."""

from collections.abc import Sequence
from datetime import date
from uuid import uuid4

from django.utils import timezone

from sessions.models import StudySession
from sessions.recording.due import due_members
from tests.faults.county import groups
from tests.faults.visitor import Visitor

NEW = "/sessions/new/"


class Writer:
    """The forms of the clerks' units; the clerk's number is in the account's name."""

    def __init__(self, clerks: int) -> None:
        self._today = timezone.localdate()
        self._people = [
            [member.person_id for member in due_members(unit, self._today)]
            for unit in groups()[:clerks]
        ]

    def new(self, visitor: Visitor, **changes: str) -> dict[str, str]:
        """A form nobody has sent before, to be kept as a draft without leaving the page."""
        return new_form(self.people(visitor), self._today) | changes

    def people(self, visitor: Visitor) -> list[int]:
        """The members due in the clerk's unit."""
        return self._people[int(visitor.username.rpartition("-")[2])]

    def complete(self) -> int:
        """How many members a record of the first clerk's unit must have."""
        return len(self._people[0])


def new_form(people: Sequence[int], day: date) -> dict[str, str]:
    """A complete record of a day with all these people present, to be kept as a draft."""
    form = {
        "token": str(uuid4()),
        "version": "1",
        "theme": "学习宪法",
        "date": day.isoformat(),
        "length": "half",
        "form": "collective",
        "place": "会议室",
        "chair": "赵一",
        "content": "宪法序言",
        "scope": "group",
        "autosave": "1",
    }
    return form | {f"attendance-{pk}": "present" for pk in people}


def half_written() -> int:
    """Records made by forms whose rows are not those of everybody due that day."""
    broken = 0
    made = StudySession.objects.exclude(form_token=None).select_related("unit")
    due: dict[int, int] = {}
    for session in made.prefetch_related("attendance"):
        if session.unit_id not in due:
            due[session.unit_id] = len(list(due_members(session.unit, session.date)))
        broken += len(session.attendance.all()) != due[session.unit_id]
    return broken
