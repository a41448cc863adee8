"""Years whose holidays are entered in full: what is entered, declaring so, taking it back."""

import datetime as dt
from collections.abc import Mapping
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from reports.models import CalendarDay, CalendarYear
from reports.national_calendar import national_calendar
from reports.rulebook.calendar.months import SATURDAY, is_known


class CompleteError(ValueError):
    """The year cannot be declared complete; the sentence says why."""


class Entered(NamedTuple):
    """Days of a year that depart from the week: working days off, weekend days at work."""

    rests: int
    works: int


def entered(year: int) -> Entered:
    """What the county has entered of a year; one query."""
    days = CalendarDay.objects.filter(date__year=year).values_list("date", "is_workday")
    return _departing(dict(days))


def national_last(year: int) -> tuple[int, Entered] | None:
    """The latest year before that the national calendar knows, to compare with."""
    calendar = national_calendar()
    known = [one for one in calendar.known_years or () if one < year]
    if not known:
        return None
    last = max(known)
    days = dict.fromkeys(calendar.holidays, False) | dict.fromkeys(calendar.workdays, True)
    return last, _departing({day: works for day, works in days.items() if day.year == last})


def declare(*, year: int, note: str, at: dt.datetime, by: User) -> bool:
    """Holds the year's holidays to be entered in full; False if somebody has said so before.

    CompleteError for a year that the national calendar knows, or of which nothing is entered.
    """
    if is_known(year):
        raise CompleteError(_("%s年的国家安排已经收录，无须声明。") % year)
    if not any(entered(year)):
        raise CompleteError(
            _("%s年还没有录入任何放假或调休日期。请先在日历上逐日录入，再声明已录全。") % year
        )
    _row, is_new = CalendarYear.objects.get_or_create(
        year=year, defaults={"note": note, "declared_at": at, "declared_by": by}
    )
    return is_new


@transaction.atomic
def withdraw(*, year: int) -> CalendarYear | None:
    """Takes the declaration back; what it was, None if there is none any more."""
    stored = CalendarYear.objects.select_for_update().filter(year=year).first()
    if stored is not None:
        CalendarYear.objects.filter(pk=stored.pk).delete()
    return stored


def _departing(days: Mapping[dt.date, bool]) -> Entered:
    weekend = {day for day in days if day.weekday() >= SATURDAY}
    return Entered(
        rests=sum(not works and day not in weekend for day, works in days.items()),
        works=sum(works and day in weekend for day, works in days.items()),
    )
