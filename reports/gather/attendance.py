"""Attendance, added up in the database: one line of text for each session.

Nearly everybody is simply present. So a session needs the number of its rows, and a few words for
each row that is anything else. Rows alike in all that the rules look at become one group.
"""

import datetime as dt
from collections import Counter

from django.db.models import Case, Count, Q, TextField, Value, When
from django.db.models.functions import Cast, Coalesce

from reports.gather.unions import JoinedText, Words, word
from reports.rules.facts import AttendanceGroup
from sessions.models import Attendance

PRESENT = Attendance.Status.PRESENT.value

Groups = tuple[AttendanceGroup, ...]


def said() -> Words:
    """The number of rows, then of each row other than present: `status kind made_up confirmed`.

    One walk through the rows for both: a branch of its own for either would cost the rows it
    brings, and more.
    """
    row = Words("status", "leave_kind", word("makeup_date"), word("makeup_confirmed_on"))
    exceptions = JoinedText(Case(When(~Q(status=PRESENT), then=row)))
    number = Cast(Count("*"), TextField())
    return Words(number, Coalesce(exceptions, Value(""), output_field=TextField()))


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
    """Makes groups of what `said` wrote; what was read once is not read again."""

    def __init__(self) -> None:
        self._exceptions = _Exceptions()
        self._present = _Present()

    def groups(self, text: str) -> Groups:
        """The groups of a session; none where nobody was due."""
        rows, _, exceptions = text.partition(" ")
        if not exceptions:
            return self._present[int(rows or 0)]
        known = self._exceptions
        others = exceptions.split(",")
        here = self._present[int(rows) - len(others)]
        if len(others) == 1:
            return (known[exceptions], *here)
        if len(set(others)) == len(others):
            return (*[known[one] for one in others], *here)
        many = [known[one]._replace(number=times) for one, times in Counter(others).items()]
        return (*many, *here)


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
