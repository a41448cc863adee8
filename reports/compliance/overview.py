"""Where the units of a county stand, in official order: nobody is ranked."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, NamedTuple

from django.core.paginator import Page, Paginator

from reports.emails.items import Topics, titles
from reports.emails.sources import topic_names
from reports.evaluation import evaluate
from reports.rules.phrases import percent, plain_number
from reports.rules.results import Figures, Result, UnitEvaluation
from reports.rules.words import (
    AT_RISK,
    ATTENTION,
    BEHIND,
    MISSED,
    NOT_APPLICABLE,
    ON_TRACK,
    STANDING_LABELS,
)
from reports.working_days import recorded_calendar
from units.querysets import UnitQuerySet

ORDER: Final = (ON_TRACK, ATTENTION, BEHIND, NOT_APPLICABLE)
PAGE_LENGTH: Final = 50


@dataclass(frozen=True, slots=True)
class StandingCount:
    """How many units stand so."""

    key: str
    word: str
    number: int


@dataclass(frozen=True, slots=True)
class UnitLine:
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
    at_risk: str


class Answer(NamedTuple):
    """What is kept of a unit's evaluation while all are counted."""

    unit_id: int
    evaluation: UnitEvaluation
    has_rules: bool


@dataclass(frozen=True, slots=True)
class Overview:
    """`counts` are those of all units asked for, `lines` a page of those in the chosen standing.

    `without_rules` is the number of units for which no rule set is published.
    """

    counts: tuple[StandingCount, ...]
    total: int
    without_rules: int
    warning: str
    page: Page[Answer]
    lines: list[UnitLine]


class Called(NamedTuple):
    """A unit as the table names it."""

    code: str
    name: str
    category: str


class County:
    """The units a role works for that keep a group, with their names of a day; one query."""

    def __init__(self, units: UnitQuerySet, on: dt.date) -> None:
        self._units = units.with_group()
        columns = ("pk", "code", "short_name", "category__code", "category__name")
        ranked = self._units.named(on).order_by("category__rank_order", "category__code", "pk")
        rows = list(ranked.values_list(*columns))
        self.categories = dict(row[3:] for row in rows)
        self._called = {row[0]: Called(row[1], row[2] or row[1], row[4]) for row in rows}

    def overview(
        self, as_of: dt.date, *, category: str = "", standing: str = "", page: str | None = None
    ) -> Overview:
        """Every unit judged at the end of `as_of`, in seven queries for any 1,500 of them."""
        calendar = recorded_calendar()
        units = self._units.filter(category__code=category) if category else self._units
        answers = [
            Answer(one.unit_id, one.evaluation, one.rule_set is not None)
            for one in evaluate(units, as_of, calendar=calendar)
        ]
        numbers = Counter(one.evaluation.standing for one in answers)
        chosen = [one for one in answers if standing in {"", one.evaluation.standing}]
        shown = Paginator(chosen, PAGE_LENGTH).get_page(page)
        topics = topic_names(as_of.year)
        return Overview(
            counts=tuple(StandingCount(key, STANDING_LABELS[key], numbers[key]) for key in ORDER),
            total=len(answers),
            without_rules=sum(not one.has_rules for one in answers),
            warning=calendar.warning([as_of.year]),
            page=shown,
            lines=[self._line(one, topics) for one in shown],
        )

    def _line(self, answer: Answer, topics: Topics) -> UnitLine:
        called = self._called[answer.unit_id]
        standing, figures, results = answer.evaluation
        return UnitLine(
            code=called.code,
            name=called.name,
            category=called.category,
            standing=standing,
            word=STANDING_LABELS[standing],
            figures=figures,
            days=plain_number(figures.half_days / 2),
            attendance=percent(figures.present, figures.base),
            participation=percent(figures.present + figures.made_up, figures.base),
            missed=_named(results, MISSED, topics),
            at_risk=_named(results, AT_RISK, topics),
        )


def _named(results: Iterable[Result], outcome: str, topics: Topics) -> str:
    return "、".join(titles([one for one in results if one.outcome == outcome], topics))
