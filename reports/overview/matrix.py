"""Units × months and quarters, with words in the cells; in official order, nobody is ranked."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from reports.overview.scope import Called
from reports.periods import Month, Quarter, Year
from reports.rules.phrases import period_name
from reports.rules.registry import MONTHLY_SESSIONS, QUARTERLY_DISCUSSIONS
from reports.rules.results import Figures
from reports.rules.words import OUTCOME_LABELS, STANDING_LABELS
from reports.standings.gist import NO_RULE, NOT_DUE, OUTCOME_OF, Gist


class Column(NamedTuple):
    """A month's sessions or a quarter's discussions; `months` are places in the year."""

    period: Month | Quarter
    rule: str
    name: str
    months: tuple[int, ...]
    is_quarter: bool


class Cell(NamedTuple):
    """What was counted, and the outcome where a rule asks for it; '' says nothing."""

    tone: str
    word: str
    number: str
    address: str


class Line(NamedTuple):
    """A unit's line."""

    code: str
    name: str
    address: str
    category: str
    standing: str
    word: str
    cells: tuple[Cell, ...]


def columns(year: int) -> tuple[Column, ...]:
    """The months of a year, after each third of them the quarter."""
    return tuple(_columns(Year(year)))


def _columns(year: Year) -> Iterator[Column]:
    for quarter in year.quarters:
        months = tuple(month.month - 1 for month in quarter.months)
        for month, place in zip(quarter.months, months, strict=True):
            yield Column(month, MONTHLY_SESSIONS, period_name(month.key), (place,), False)
        yield Column(quarter, QUARTERLY_DISCUSSIONS, period_name(quarter.key), months, True)


def word_of(letter: str) -> tuple[str, str]:
    """Tone and word of an outcome's letter; both empty where no rule asks."""
    if letter == NO_RULE:
        return "", ""
    outcome = OUTCOME_OF[letter]
    return outcome, _("未到期") if outcome == NOT_DUE else OUTCOME_LABELS[outcome]


def lines(
    gists: Sequence[Gist], called: Mapping[int, Called], as_of: dt.date, query: str
) -> list[Line]:
    """A line for each unit; `query` is what addresses end with, '' or `?as_of=…`."""
    shown = columns(as_of.year)
    words = {letter: word_of(letter) for letter in (*OUTCOME_OF, NO_RULE)}
    # One address is worked out and cut up: a county's matrix has hundreds of cells.
    pattern = reverse("obligation", args=["-unit-", "-rule-", "-period-"])
    start, end = pattern.split("-unit-/-rule-/-period-")
    found = []
    for one in gists:
        unit = called[one.unit_id]
        monthly = one.monthly
        cells = []
        for column in shown:
            letter = _letter(one, column)
            tone, word = words[letter]
            number = _number(monthly, column)
            address = f"{start}{unit.code}/{column.rule}/{column.period.key}{end}{query}"
            said = _("%(number)d 次") % {"number": number} if number or tone != NOT_DUE else ""
            cells.append(Cell(tone, word, said, address if word else ""))
        address = f"{reverse('unit_compliance', args=[unit.code])}{query}"
        found.append(
            Line(unit.code, unit.name, address, unit.category, one.standing,
                 STANDING_LABELS[one.standing], tuple(cells))
        )  # fmt: skip
    return found


def _letter(one: Gist, column: Column) -> str:
    first = column.months[0]
    return one.quarters[first // 3] if column.is_quarter else one.months[first]


def _number(monthly: Sequence[Figures], column: Column) -> int:
    """Sessions of a month, discussions of a quarter."""
    if column.is_quarter:
        return sum(monthly[month].discussions for month in column.months)
    return monthly[column.months[0]].sessions


class Share(NamedTuple):
    """Of so many units that were bound, so many met what was asked."""

    met: int
    due: int


def share(gists: Iterable[Gist], column: Column) -> Share:
    """The units that met a month's or quarter's rule among those it bound so far.

    Left out are units it does not bind, waived ones, and those whose period has not begun.
    """
    first = column.months[0]
    # Not `_letter`: this is asked of every unit for every month, and a call each would double it.
    if column.is_quarter:
        letters = "".join([one.quarters[first // 3] for one in gists])
    else:
        letters = "".join([one.months[first] for one in gists])
    met = letters.count("m") + letters.count("l")
    return Share(met, met + letters.count("x") + letters.count("r") + letters.count("p"))
