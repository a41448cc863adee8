"""The home of the department and the county's leaders: units in words, in official order."""

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _

from reports.emails.items import Topics, titles
from reports.overview.scope import Called, Scope
from reports.rules.phrases import percent, plain_number
from reports.rules.results import Figures, Result
from reports.rules.words import AT_RISK, ATTENTION, MISSED, STANDING_LABELS
from reports.standings.gist import Gist, total

PAGE_LENGTH: Final = 50


class UnitLine(NamedTuple):
    """A unit's line; obligations by their names."""

    code: str
    name: str
    category: str
    standing: str
    word: str
    figures: Figures
    days: str
    attendance: str
    participation: str
    missed: str
    attention: str


def page_of(gists: Sequence[Gist], number: str | None) -> Page[Gist]:
    """One page of units."""
    return Paginator(gists, PAGE_LENGTH).get_page(number)


def unit_lines(gists: Iterable[Gist], scope: Scope, topics: Topics) -> list[UnitLine]:
    """A line for each unit; one query."""
    rows = list(gists)
    called = scope.called(one.unit_id for one in rows)
    return [_line(one, called[one.unit_id], topics) for one in rows]


def _line(one: Gist, called: Called, topics: Topics) -> UnitLine:
    figures = total(one.monthly)
    missed = _named(one.open_results, MISSED, topics)
    at_risk = _named(one.open_results, AT_RISK, topics)
    if one.standing == ATTENTION and not missed and not at_risk:
        at_risk = _("有被退回、尚待更正重报的材料")
    return UnitLine(
        code=called.code,
        name=called.name,
        category=called.category,
        standing=one.standing,
        word=STANDING_LABELS[one.standing],
        figures=figures,
        days=plain_number(figures.half_days / 2),
        attendance=percent(figures.present, figures.base),
        participation=percent(figures.present + figures.made_up, figures.base),
        missed=missed,
        attention=at_risk,
    )


def _named(results: Iterable[Result], outcome: str, topics: Topics) -> str:
    return "、".join(titles([one for one in results if one.outcome == outcome], topics))
