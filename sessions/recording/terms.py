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


def terms_of(unit: Unit, first_day: date, last_day: date, today: date) -> Terms:
    """The terms for a session of these days; the national floor where nobody answers."""
    answers = terms_asked.send(
        sender=StudySession, unit=unit, first_day=first_day, last_day=last_day, today=today
    )
    for _, answer in answers:
        if isinstance(answer, Terms):
            return answer
    return Terms()
