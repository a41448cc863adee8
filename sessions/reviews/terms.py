"""What a review judges by and until when, told by the room that keeps rules and working days."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol, runtime_checkable

from sessions.models import Evidence, StudySession
from sessions.signals import review_book_asked
from units.models import Unit

# What waits longer than so many working days is overdue; the county's rules set none.
REVIEW_WORKDAYS = 5
CORRECTION_WORKDAYS = 5
WANTED_FILES = frozenset({Evidence.Kind.MINUTES.value, Evidence.Kind.SIGN_IN.value})


@dataclass(frozen=True, slots=True)
class ReviewTerms:
    """``min_speakers``: different members who must speak in a discussion. ``wanted``: the kinds
    of evidence every session needs. ``correct_by``: the last day on which what is returned today
    counts as corrected in time.
    """

    correct_by: date
    min_speakers: int = 2
    wanted: frozenset[str] = WANTED_FILES


@runtime_checkable
class ReviewBook(Protocol):
    """The terms of every unit, read once for a page."""

    @property
    def overdue_before(self) -> date:
        """What was submitted before this day has waited more than REVIEW_WORKDAYS."""

    def terms(self, unit: Unit, year: int) -> ReviewTerms:
        """The terms for what the unit submitted of the year."""


class NationalFloor:
    """The terms where nobody answers; knows weekends, but no holidays."""

    def __init__(self, today: date) -> None:
        self._today = today

    @property
    def overdue_before(self) -> date:
        return _weekdays_away(self._today, -REVIEW_WORKDAYS)

    def terms(self, unit: Unit, year: int) -> ReviewTerms:
        return ReviewTerms(_weekdays_away(self._today, CORRECTION_WORKDAYS))


def review_book(years: Iterable[int], today: date) -> ReviewBook:
    """The county's terms for these years as they are today."""
    answers = review_book_asked.send(sender=StudySession, years=set(years), today=today)
    for _, answer in answers:
        if isinstance(answer, ReviewBook):
            return answer
    return NationalFloor(today)


def _weekdays_away(day: date, number: int) -> date:
    step = timedelta(days=1 if number > 0 else -1)
    for _ in range(abs(number)):
        day += step
        while day.weekday() > 4:
            day += step
    return day
