"""What one unit's records are judged by, each thing read once however many records there are."""

from datetime import date

from sessions.recording.due import DueMembers
from sessions.recording.terms import Terms, YearTerms, year_terms
from units.models import RosterEntry, Unit


class Ground:
    """For everything that one request does with the records of ``unit``; no longer than that."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit
        self._roster: DueMembers | None = None
        self._due: dict[date, list[RosterEntry]] = {}
        self._terms: dict[tuple[int, date], YearTerms] = {}

    def due(self, day: date) -> list[RosterEntry]:
        """Those due on the day, as ``due_members`` gives them."""
        if day not in self._due:
            self._roster = self._roster or DueMembers(self._unit)
            self._due[day] = self._roster.on(day)
        return self._due[day]

    def terms(self, first_day: date, last_day: date, today: date) -> Terms:
        """The terms for a session of these days."""
        key = first_day.year, today
        if key not in self._terms:
            self._terms[key] = year_terms(self._unit, *key)
        return self._terms[key].of(first_day, last_day)
