"""Attendance, added up in the database: one line of text for each session.

Nearly everybody is simply present. So a session needs the number of its rows, and a few words for
each row that is anything else. Rows alike in all that the rules look at become one group.
"""

import datetime as dt
from collections import Counter

from django.db.models import Case, Q, When
from django.db.models.expressions import Combinable

from reports.gather.unions import JoinedText, Words, word
from reports.rules.facts import AttendanceGroup
from sessions.models import Attendance

PRESENT = Attendance.Status.PRESENT.value

Groups = tuple[AttendanceGroup, ...]


def exceptions() -> Combinable:
    """Of attendance rows other than present: `status kind made_up confirmed`, commas between."""
    said = Words("status", "leave_kind", word("makeup_date"), word("makeup_confirmed_on"))
    return JoinedText(Case(When(~Q(status=PRESENT), then=said)))


class GroupReader:
    """Makes groups of what `exceptions` wrote; what was read once is not read again."""

    def __init__(self) -> None:
        self._read: dict[str, AttendanceGroup] = {}
        self._present: dict[int, AttendanceGroup] = {}

    def groups(self, rows: int, text: str | None) -> Groups:
        """The groups of a session with so many rows, of which `text` tells the exceptions."""
        if not text:
            return (self._all_present(rows),)
        said = text.split(",")
        read = self._read
        try:
            groups = [read[one] for one in said]
        except KeyError:
            groups = [self._group(one) for one in said]
        if len(set(said)) < len(said):
            groups = [read[one]._replace(number=times) for one, times in Counter(said).items()]
        if rows > len(said):
            groups.append(self._all_present(rows - len(said)))
        return tuple(groups)

    def _all_present(self, number: int) -> AttendanceGroup:
        if number not in self._present:
            self._present[number] = AttendanceGroup(PRESENT, number=number)
        return self._present[number]

    def _group(self, text: str) -> AttendanceGroup:
        status, kind, made_on, confirmed_on = text.split(" ")
        group = AttendanceGroup(status, kind or None, _day(made_on), _day(confirmed_on))
        return self._read.setdefault(text, group)


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
