"""A city by its counties: each with its units' standings and figures in one line."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _

from reports.overview.counting import counts
from reports.overview.forms import OWN_UNITS
from reports.overview.matrix import Column, Share, share
from reports.overview.scope import Place
from reports.rules.phrases import percent
from reports.rules.results import Figures
from reports.standings.counting import StandingCount
from reports.standings.gist import Gist, monthly_totals, total
from units.querysets import UnitQuerySet


class AreaLine(NamedTuple):
    """What lies under one place; `within` and `rows` lead to it."""

    within: str
    rows: str
    name: str
    units: int
    counts: tuple[StandingCount, ...]
    figures: Figures
    attendance: str
    participation: str
    shares: tuple[Share, ...]


def area_lines(
    gists: Sequence[Gist],
    units: UnitQuerySet,
    place: Place,
    areas: Iterable[Place],
    shown: Sequence[Column],
) -> list[AreaLine]:
    """A line for each area, in official order, and one for units in none; one query."""
    paths = dict(units.order_by().values_list("pk", "path"))
    depth = place.path.count("/")
    by_area: dict[str, list[Gist]] = {}
    for one in gists:
        by_area.setdefault(_start(paths, one, depth), []).append(one)
    found = [_line(by_area.pop(area.path, []), area.code, "", area.name, shown) for area in areas]
    if own := [one for rest in by_area.values() for one in rest]:
        found.append(_line(own, place.code, OWN_UNITS, _("直属单位"), shown))
    return found


def _start(paths: Mapping[int, str], one: Gist, depth: int) -> str:
    """The path of the unit right below the place, on the way to this one."""
    return "/".join(paths[one.unit_id].split("/")[: depth + 1]) + "/"


def _line(
    gists: Sequence[Gist], within: str, rows: str, name: str, shown: Sequence[Column]
) -> AreaLine:
    figures = total(monthly_totals(gists))
    return AreaLine(
        within=within,
        rows=rows,
        name=name,
        units=len(gists),
        counts=counts(gists),
        figures=figures,
        attendance=percent(figures.present, figures.base),
        participation=percent(figures.present + figures.made_up, figures.base),
        shares=tuple(share(gists, column) for column in shown),
    )
