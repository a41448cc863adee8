"""Attendance, added up in the database: a number and a line of text for each session.

Nearly everybody is simply present. So a session needs the number of its rows, which an index
alone answers, and a few words for each row that is anything else. Rows alike in all that the rules
look at become one group.
"""

import datetime as dt
from collections import Counter

from reports.gather.unions import JoinedText, Words, word
from reports.rules.facts import AttendanceGroup
from sessions.models import Attendance

PRESENT = Attendance.Status.PRESENT.value

Groups = tuple[AttendanceGroup, ...]


def exceptions() -> JoinedText:
    """Of rows other than present: `status kind made_up confirmed`, commas between."""
    said = Words("status", "leave_kind", word("makeup_date"), word("makeup_confirmed_on"))
    return JoinedText(said)


class _Exceptions(dict[str, AttendanceGroup]):
    """One row other than present by its words."""

    def __missing__(self, text: str) -> AttendanceGroup:
        status, kind, made_on, confirmed_on = text.split(" ")
        group = AttendanceGroup(status, kind or None, _day(made_on), _day(confirmed_on))
        return self.setdefault(text, group)


class _Present(dict[int, Groups]):
    """So many present, as a group; none for nobody."""

    def __missing__(self, number: int) -> Groups:
        groups = (AttendanceGroup(PRESENT, number=number),) if number else ()
        return self.setdefault(number, groups)


class GroupReader:
    """Makes groups of what `exceptions` wrote; what was read once is not read again."""

    def __init__(self) -> None:
        self._exceptions = _Exceptions()
        self._present = _Present()

    def groups(self, rows: int, text: str) -> Groups:
        """The groups of a session with so many rows, of which `text` tells the exceptions."""
        if not text:
            return self._present[rows]
        known = self._exceptions
        said = text.split(",")
        here = self._present[rows - len(said)]
        if len(said) == 1:
            return (known[text], *here)
        if len(set(said)) == len(said):
            return (*[known[one] for one in said], *here)
        many = [known[one]._replace(number=times) for one, times in Counter(said).items()]
        return (*many, *here)


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
