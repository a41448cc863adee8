"""What the county's rules ask of a session, told by the room that keeps the rules."""

from dataclasses import dataclass
from datetime import date

from sessions.models import StudySession
from sessions.signals import terms_asked
from units.models import Unit


@dataclass(frozen=True, slots=True)
class Terms:
    """``min_speakers``: different members who must speak in a discussion. ``report_by``: the last
    day to report in time, None if no rule binds. ``is_closed``: the session's month is closed.
    """

    min_speakers: int = 2
    report_by: date | None = None
    is_closed: bool = False


class YearTerms:
    """The terms for the sessions of one unit in one year; here the national floor."""

    def of(self, first_day: date, last_day: date) -> Terms:
        """The terms for a session of these days of the year."""
        return Terms()


def year_terms(unit: Unit, year: int, today: date) -> YearTerms:
    """What is asked of the unit's sessions of the year; the floor where nobody answers."""
    answers = terms_asked.send(sender=StudySession, unit=unit, year=year, today=today)
    for _, answer in answers:
        if isinstance(answer, YearTerms):
            return answer
    return YearTerms()


def terms_of(unit: Unit, first_day: date, last_day: date, today: date) -> Terms:
    """The terms for a session of these days; the national floor where nobody answers."""
    return year_terms(unit, first_day.year, today).of(first_day, last_day)
