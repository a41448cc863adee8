"""The county's own dates over the national calendar."""

import datetime as dt
from typing import NamedTuple

from django.db import transaction

from reports.models import CalendarDay

NOTHING = ""


class Change(NamedTuple):
    """What a date said before and says now; empty words for a date without an own entry."""

    before: str
    after: str


class StaleDayError(Exception):
    """Somebody else set the date since it was opened; `stored` is what it says now, or None."""

    def __init__(self, stored: CalendarDay | None) -> None:
        super().__init__(stored)
        self.stored = stored


def imprint(day: CalendarDay | None) -> str:
    """What an entry says; a form carries it to notice a change by somebody else."""
    return f"{'work' if day.is_workday else 'rest'} {day.note}" if day else NOTHING


def set_day(*, date: dt.date, is_workday: bool, note: str, opened: str) -> Change:
    """Makes a date a working day or a rest day here. Raises StaleDayError if `opened`, the
    imprint when the form was opened, no longer holds and the date says something else by now.
    """
    with transaction.atomic():
        stored = _locked(date)
        wanted = CalendarDay(date=date, is_workday=is_workday, note=note)
        before, after = imprint(stored), imprint(wanted)
        if before not in {opened, after}:
            raise StaleDayError(stored)
        CalendarDay.objects.update_or_create(
            date=date, defaults={"is_workday": is_workday, "note": note}
        )
        return Change(before, after)


def clear_day(*, date: dt.date) -> Change:
    """Lets the national calendar hold again for a date."""
    with transaction.atomic():
        stored = _locked(date)
        if stored is not None:
            stored.delete()
        return Change(imprint(stored), NOTHING)


def _locked(date: dt.date) -> CalendarDay | None:
    return CalendarDay.objects.select_for_update().filter(date=date).first()
