"""Whom a scheme is for, and by which scheme a unit is assessed already."""

import datetime as dt
from collections.abc import Collection
from typing import NamedTuple

from reports.assessments.querysets import SheetQuerySet
from reports.models import AssessmentEvent, AssessmentScheme, AssessmentScore, AssessmentSheet
from units.models import Unit
from units.querysets import UnitQuerySet


class Audience(NamedTuple):
    """`own` are the units the scheme is for, by id. `taken` of them pass over from the common
    scheme, in which nothing was entered for them yet; `elsewhere` are assessed by another one.
    """

    own: frozenset[int]
    taken: frozenset[int]
    elsewhere: int


def units_meant(scheme: AssessmentScheme, categories: Collection[int]) -> UnitQuerySet:
    """The units with a group that exist in the year and are of the scheme's categories; without
    any, of those that no other published scheme of the root and year names.
    """
    year = scheme.year
    units = Unit.objects.below(scheme.root).with_group()
    units = units.existing_in(dt.date(year, 1, 1), dt.date(year, 12, 31))
    if categories:
        return units.filter(category__in=categories)
    others = AssessmentScheme.objects.published().filter(root=scheme.root_id, year=year)
    named = others.exclude(pk=scheme.pk).filter(categories__isnull=False)
    return units.exclude(category__in=named.values("categories"))


def audience(scheme: AssessmentScheme) -> Audience:
    """Five queries. A unit is assessed once a year."""
    categories = [category.pk for category in scheme.categories.all()]
    meant = set(units_meant(scheme, categories).values_list("pk", flat=True))
    others = AssessmentSheet.objects.filter(year=scheme.year, unit__in=meant)
    others = others.exclude(scheme=scheme)
    entered = touched(others)
    taken: set[int] = set()
    elsewhere: set[int] = set()
    rows = others.values_list("pk", "unit_id", "scheme__root_id", "scheme__categories")
    for sheet, unit, root, category in rows:
        is_common = root == scheme.root_id and category is None
        passes = categories and is_common and sheet not in entered
        (taken if passes else elsewhere).add(unit)
    return Audience(frozenset(meant - elsewhere), frozenset(taken), len(elsewhere))


def touched(sheets: SheetQuerySet) -> set[int]:
    """The sheets on which anything was entered, or to which anything happened, by id."""
    within = sheets.order_by().values("pk")
    scores = AssessmentScore.objects.filter(sheet__in=within)
    events = AssessmentEvent.objects.filter(sheet__in=within)
    return {*scores.values_list("sheet_id", flat=True), *events.values_list("sheet_id", flat=True)}
