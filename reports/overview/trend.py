"""The months of a year beside those of the year before: shares, numbers and rates."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from django.utils.translation import gettext as _

from reports.overview.matrix import Column, columns, share
from reports.periods import Month
from reports.rules.phrases import percent
from reports.rules.results import Figures
from reports.standings.gist import Gist, monthly_totals


class Point(NamedTuple):
    """A month's figure in words, and for the chart as a number; None where there is none."""

    words: str
    number: float | None


class Row(NamedTuple):
    """A month of this year and of the last; the one still running is told but not drawn."""

    name: str
    this: Point
    last: Point
    is_running: bool


class Series(NamedTuple):
    """One chart and the table beside it."""

    key: str
    title: str
    unit: str
    note: str
    rows: tuple[Row, ...]

    @property
    def drawn(self) -> dict[str, object]:
        """What the chart is drawn from."""
        return {
            "key": self.key,
            "unit": self.unit,
            "names": [row.name for row in self.rows],
            "this": [None if row.is_running else row.this.number for row in self.rows],
            "last": [row.last.number for row in self.rows],
        }


NOTHING: Final = Point("—", None)


class _Months(NamedTuple):
    """A year's months added up over units."""

    columns: tuple[Column, ...]
    gists: Sequence[Gist]
    sums: tuple[Figures, ...]
    begun: int
    """So many months have begun; none of a year of which nothing is on record."""

    def met(self, month: int) -> Point:
        found = share(self.gists, self.columns[month])
        if not found.due:
            return NOTHING
        rate = percent(found.met, found.due)
        words = _("%(rate)s（%(met)d/%(due)d）") % {"rate": rate, **found._asdict()}
        return Point(words, round(100 * found.met / found.due, 2))

    def sessions(self, month: int) -> Point:
        if month >= self.begun:
            return NOTHING
        number = self.sums[month].sessions
        return Point(_("%(number)d 次") % {"number": number}, number)

    def participation(self, month: int) -> Point:
        figures = self.sums[month]
        if not figures.base:
            return NOTHING
        done = figures.present + figures.made_up
        return Point(percent(done, figures.base), round(100 * done / figures.base, 2))


_Measure = Callable[[int], Point]


def _months(gists: Sequence[Gist], year: int, as_of: dt.date) -> _Months:
    months = columns(year)
    shown = tuple(column for column in months if not column.is_quarter)
    sums = monthly_totals(gists)
    known = year == as_of.year or any(one.sessions for one in sums)
    begun = sum(column.period.first <= as_of for column in shown) if known else 0
    return _Months(shown, gists, sums, begun)


def _series(
    key: str,
    title: str,
    unit: str,
    note: str,
    now: _Measure,
    before: _Measure,
    running: int | None,
) -> Series:
    rows = []
    for month in range(12):
        name = _("%(month)d月") % {"month": month + 1}
        rows.append(Row(name, now(month), before(month), month == running))
    return Series(key, title, unit, note, tuple(rows))


def trend(this: Sequence[Gist], last: Sequence[Gist], as_of: dt.date) -> list[Series]:
    """Three series over the twelve months of the year of `as_of`.

    `this` and `last` are the units of the year and of the year before: each year is judged by its
    own rules, and a month by the units that existed in it.
    """
    now, before = _months(this, as_of.year, as_of), _months(last, as_of.year - 1, as_of)
    running = None if as_of == Month.of(as_of).last else as_of.month - 1
    return [
        _series(
            "met",
            _("达标单位占比"),
            "%",
            _("当月集中学习达标（含逾期完成）的单位 ÷ 当月已经起算且须完成的单位。"),
            now.met,
            before.met,
            running,
        ),
        _series(
            "sessions",
            _("集中学习次数"),
            _("次"),
            _("计入的集中学习次数，各单位合计。"),
            now.sessions,
            before.sessions,
            running,
        ),
        _series(
            "participation",
            _("参学率"),
            "%",
            _("（实到＋已补学）÷（应到－不计入应到），按人次合计，不取各单位平均。"),
            now.participation,
            before.participation,
            running,
        ),
    ]
