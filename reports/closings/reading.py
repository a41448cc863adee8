"""A closing as its page shows it: figures, units, verification, history."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.core.paginator import Page, Paginator
from django.db.models import Prefetch

from reports.closing import intact
from reports.closings.order import in_official_order
from reports.models import Closing, Reopening
from reports.rules.phrases import percent, plain_number
from reports.rules.results import Figures
from reports.rules.words import STANDING_LABELS
from reports.standings.counting import StandingCount, standing_counts
from reports.workbook.basis import titled

PAGE_LENGTH = 50
# Larger counties are verified and compared when somebody asks: for 1,500 units it takes seconds.
AT_ONCE = 500


class Kept(NamedTuple):
    """What is read of every unit; the rule set's title and version are None without rules."""

    unit_id: int
    standing: str
    figures: Figures
    title: str | None
    version: int | None


@dataclass(frozen=True)
class ClosedLine:
    """A unit as it was closed."""

    name: str
    category: str
    standing: str
    word: str
    figures: Figures
    days: str
    attendance: str
    participation: str


@dataclass(frozen=True)
class ClosedMonth:
    """What a closing holds. `is_intact` is None where nobody asked to verify it yet."""

    units: int
    counts: tuple[StandingCount, ...]
    sessions: int
    discussions: int
    attendance: str
    participation: str
    rule_sets: list[str]
    is_intact: bool | None
    page: Page[Kept]
    lines: list[ClosedLine]


def closed_month(closing: Closing, *, page: str | None, verify: bool) -> ClosedMonth:
    """The closing in four queries. A large county is verified only with `verify`."""
    rows = in_official_order(closing.evaluations.all()).values_list(
        "unit_id", "standing", "figures", "rule_set__title", "rule_set__version"
    )
    kept = [
        Kept(unit, standing, Figures(**figures), title, version)
        for unit, standing, figures, title, version in rows
    ]
    total = Figures(*map(sum, zip(*(one.figures for one in kept), strict=True)))
    shown = Paginator(kept, PAGE_LENGTH).get_page(page)
    return ClosedMonth(
        units=len(kept),
        counts=standing_counts(one.standing for one in kept),
        sessions=total.sessions,
        discussions=total.discussions,
        attendance=percent(total.present, total.base),
        participation=percent(total.present + total.made_up, total.base),
        rule_sets=_rule_sets(kept),
        is_intact=intact(closing) if verify or len(kept) <= AT_ONCE else None,
        page=shown,
        lines=_lines(closing, list(shown)),
    )


def history(closing: Closing) -> list[Closing]:
    """All closings of the month, the latest first, each with its requests; two queries."""
    rows = Closing.objects.filter(root=closing.root_id, month=closing.month)
    with_people = rows.select_related("closed_by", "reopened_by").order_by("-id")
    requests = Reopening.objects.select_related("asked_by", "decided_by")
    return list(with_people.prefetch_related(Prefetch("reopenings", requests)))


def undecided(closing: Closing, past: Sequence[Closing]) -> Reopening | None:
    """The request that waits for a second person, found in the month's history."""
    requests = [each for one in past if one.pk == closing.pk for each in one.reopenings.all()]
    return next((each for each in requests if each.state == Reopening.State.ASKED), None)


def _rule_sets(kept: Sequence[Kept]) -> list[str]:
    """Each once, in the order of the units they judged."""
    used = {(one.title, one.version or 0): None for one in kept}
    return [titled(title, version) for title, version in used if title is not None]


def _lines(closing: Closing, kept: Sequence[Kept]) -> list[ClosedLine]:
    units = closing.units.filter(unit__in=[one.unit_id for one in kept]).order_by()
    called = {
        key: (name, category)
        for key, name, category in units.values_list("unit_id", "short_name", "category")
    }
    return [_line(one, *called.get(one.unit_id, ("", ""))) for one in kept]


def _line(one: Kept, name: str, category: str) -> ClosedLine:
    figures = one.figures
    return ClosedLine(
        name=name,
        category=category,
        standing=one.standing,
        word=STANDING_LABELS[one.standing],
        figures=figures,
        days=plain_number(figures.half_days / 2),
        attendance=percent(figures.present, figures.base),
        participation=percent(figures.present + figures.made_up, figures.base),
    )
