"""A year of months as the page shows it: rest days, holidays, exchanged days, own dates."""

import datetime as dt
from calendar import Calendar
from collections.abc import Mapping
from typing import NamedTuple

from chinese_calendar.constants import Holiday, holidays, workdays
from django.utils.translation import gettext as _

from reports.models import CalendarDay
from reports.national_calendar import national_calendar
from reports.periods import Month, Year

SATURDAY = 5
CHINESE: dict[str, str] = {holiday.value: holiday.chinese for holiday in Holiday}


class Day(NamedTuple):
    """One date: `word` says in a word or two what it is; `tone` is a class of the style sheet."""

    date: dt.date
    word: str
    tone: str
    title: str


class Sheet(NamedTuple):
    """A month in weeks from Monday to Sunday, None outside it; `works` counts working days."""

    label: str
    weeks: list[list[Day | None]]
    works: int


def sheets(year: int, own: Mapping[dt.date, CalendarDay]) -> list[Sheet]:
    """The twelve months of a year, with the county's own dates over the national ones."""
    return [_sheet(month, own) for month in Year(year).months]


def is_national_workday(date: dt.date) -> bool:
    return national_calendar().is_workday(date)


def is_known(year: int) -> bool:
    """Whether the national calendar of the year is recorded."""
    return year in (national_calendar().known_years or ())


def national_word(date: dt.date) -> str:
    """What the State Council's arrangement, or the weekday alone, makes of a date."""
    if date in workdays:
        return _("%s调休，工作日") % _called(workdays[date])
    if date in holidays:
        return _("%s放假") % _called(holidays[date])
    return _("周末休息") if date.weekday() >= SATURDAY else _("工作日")


def _called(holiday: str) -> str:
    """The short Chinese name; one-off holidays have names too long for a cell."""
    name = CHINESE.get(holiday, "")
    return name if 0 < len(name) < 5 else _("节日")


def _sheet(month: Month, own: Mapping[dt.date, CalendarDay]) -> Sheet:
    weeks = [
        [_day(date, own.get(date)) if date.month == month.month else None for date in week]
        for week in Calendar().monthdatescalendar(month.year, month.month)
    ]
    dates = [day.date for week in weeks for day in week if day]
    works = sum(_works(date, own.get(date)) for date in dates)
    return Sheet(_("%s月") % month.month, weeks, works)


def _works(date: dt.date, entry: CalendarDay | None) -> bool:
    return entry.is_workday if entry else is_national_workday(date)


def _day(date: dt.date, entry: CalendarDay | None) -> Day:
    national = national_word(date)
    if entry is not None:
        word = _("上班") if entry.is_workday else _("休息")
        title = _("本县（区）：%(word)s。%(note)s（原为%(national)s）") % {
            "word": word,
            "note": entry.note,
            "national": national,
        }
        return Day(date, word, "day-own", title)
    if date in workdays:
        return Day(date, _("班"), "day-swap", national)
    if date in holidays:
        return Day(date, _called(holidays[date]), "day-holiday", national)
    return Day(date, "", "day-rest" if date.weekday() >= SATURDAY else "", national)
