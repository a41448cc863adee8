"""Today's figures, served from the fact rows."""

import datetime as dt
from typing import NamedTuple

from django.db.models import Sum

from reports.collecting import collector_paused
from reports.evaluation import evaluate
from reports.facts import counted_by
from reports.gather import heads
from reports.models import UnitMonth
from reports.periods import Month
from reports.rule_book import RuleBook, published_sets
from reports.rules.results import Figures
from units.models import Unit
from units.querysets import UnitQuerySet


class MonthFigures(NamedTuple):
    """One unit's counted sessions of one month: sessions, discussions, half-days."""

    unit_id: int
    month: str
    sessions: int
    discussions: int
    half_days: int


def current_figures(units: UnitQuerySet, today: dt.date) -> dict[int, Figures]:
    """The year's figures up to today of each unit that owes anything, in official order.

    Three queries. Facts are kept by the rule set that will bind a unit at the year's end; a unit
    that is still under one which counts otherwise is evaluated from its rows instead.
    """
    due = heads(units, today.year)
    found = {head.id: Figures() for head in due}
    sums = (
        UnitMonth.objects.filter(
            unit__in=units.order_by().values("pk"),
            month__gte=f"{today.year:04}-",
            month__lte=Month.of(today).key,
        )
        .order_by()
        .values_list("unit_id")
        .annotate(*(Sum(name) for name in Figures._fields))
    )
    with collector_paused():
        found |= {unit: Figures(*row) for unit, *row in sums if unit in found}
    sets = published_sets(today.year)
    now = RuleBook(one for one in sets if one.effective_from <= today)
    later = RuleBook(sets)
    differing = [
        head.id
        for head in due
        if counted_by(now.applicable(head.id, head.category_id))
        != counted_by(later.applicable(head.id, head.category_id))
    ]
    if differing:
        raw = evaluate(Unit.objects.filter(pk__in=differing), today)
        found |= {unit.unit_id: unit.evaluation.figures for unit in raw}
    return found


def current_months(units: UnitQuerySet, year: int) -> list[MonthFigures]:
    """What each unit has in each month of the year that has anything; one query."""
    rows = UnitMonth.objects.filter(
        unit__in=units.order_by().values("pk"), month__startswith=f"{year:04}-"
    )
    with collector_paused():
        return [MonthFigures(*row) for row in rows.values_list(*MonthFigures._fields)]
