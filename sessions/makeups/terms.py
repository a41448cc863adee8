"""Who owes a make-up, and until when, told by the room that keeps the rules."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from sessions.models import Attendance, StudySession
from sessions.signals import makeup_terms_asked
from units.models import Unit

Kind = Attendance.LeaveKind
# Long leave excuses altogether unless the county's rules say otherwise.
EXCUSED = frozenset({Kind.OFFSITE_TRAINING, Kind.SECONDMENT, Kind.MATERNITY, Kind.LONG_SICK})


@dataclass(frozen=True, slots=True)
class MakeupTerms:
    """``days`` from the session to the last day of a make-up, None if no rule sets any.

    ``owing``: the kinds of leave that count as absent and hence owe one.
    """

    days: int | None = None
    owing: frozenset[str] = frozenset(Kind) - EXCUSED

    def deadline(self, day: date) -> date | None:
        return None if self.days is None else day + timedelta(days=self.days)


def makeup_terms(unit: Unit, years: Iterable[int], today: date) -> dict[int, MakeupTerms]:
    """The terms of each year; without a deadline where nobody answers."""
    wanted = set(years)
    terms = dict.fromkeys(wanted, MakeupTerms())
    for _, answer in makeup_terms_asked.send(
        sender=StudySession, unit=unit, years=wanted, today=today
    ):
        if isinstance(answer, dict):
            terms |= answer
    return terms


def owing(terms: dict[int, MakeupTerms]) -> Q:
    """Attendance that counts as absent in the years of ``terms``."""
    owed = Q(pk__in=())
    for year, of_year in terms.items():
        absent = Q(status=Attendance.Status.ABSENT) | Q(
            status=Attendance.Status.LEAVE, leave_kind__in=of_year.owing
        )
        owed |= Q(session__date__year=year) & absent
    return owed
