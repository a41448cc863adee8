"""What the department's administrator does at the turn of the year besides sealing.

Each step may be taken again: what the next year has already is left alone.
"""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import Final, NamedTuple

from django.db import transaction
from django.db.models import Exists, OuterRef

from accounts.models import User
from reports.models import RuleSet, TurnCheck
from reports.rule_book import PublishedSet, published_sets
from reports.rule_sets import copy_set
from sessions.models import AnnualPlan
from sessions.plans.carrying import carry_plans
from units.models import Unit
from units.querysets import UnitQuerySet

PLANS_AT_ONCE: Final = 200

Audience = tuple[int | None, frozenset[int]]
"""Whom a rule set binds: a unit, categories, or (None and none) everybody."""


@dataclass(frozen=True, slots=True)
class Carried:
    """The codes of the units whose plans were copied, and how many plans are left to copy."""

    codes: tuple[str, ...]
    left: int


def plans_to_carry(root: Unit, year: int) -> UnitQuerySet:
    """Units below the root, alive next year, with a plan of the year and none of the next."""
    new_year = dt.date(year + 1, 1, 1)
    theirs = AnnualPlan.objects.filter(unit=OuterRef("pk"))
    units = Unit.objects.with_group().below(root).existing_in(new_year, new_year)
    return units.filter(Exists(theirs.filter(year=year)), ~Exists(theirs.filter(year=year + 1)))


def copy_plans(*, root: Unit, year: int, by: User, limit: int = PLANS_AT_ONCE) -> Carried:
    """Begins the next year's plans as drafts of the year's, for `limit` units at a time."""
    with transaction.atomic():
        Unit.objects.select_for_update().get(pk=root.pk)
        open_units = plans_to_carry(root, year)
        named = open_units.named(dt.date(year + 1, 1, 1)).order_by("rank_order", "code")
        chosen = list(named[:limit])
        plans = AnnualPlan.objects.filter(unit__in=chosen, year=year).select_related("unit")
        names = {unit.pk: str(getattr(unit, "short_name", None) or "") for unit in chosen}
        begun = carry_plans(plans=list(plans), names=names, year=year + 1, by=by)
        left = plans_to_carry(root, year).count()
    return Carried(tuple(plan.unit.code for plan in begun), left)


@dataclass(frozen=True, slots=True)
class RulesOfTwoYears:
    """The sets published for the year, those of them that the next year has no counterpart of
    (``left``), and how many sets the next year has.
    """

    published: tuple[PublishedSet, ...]
    left: tuple[PublishedSet, ...]
    next_drafts: int
    next_published: int


def rules_of_two_years(root: Unit, year: int) -> RulesOfTwoYears:
    """Two queries. Left are the sets in force at the year's end whose audience the next year has
    none for, a draft or a published one; those for one unit if it lies below the root and
    outlives the year.
    """
    published = published_sets(year)
    latest: dict[Audience, PublishedSet] = {}
    for one in sorted(published, key=lambda one: (one.effective_from, one.version, one.id)):
        latest[one.unit_id, one.categories] = one
    heads = _heads(year + 1, root)
    known = {head.audience for head in heads if head.year == year + 1}
    ended = {head.pk for head in heads if not head.binds_on}
    count = Counter(head.is_published for head in heads if head.year == year + 1)
    return RulesOfTwoYears(
        tuple(published),
        tuple(
            one for audience, one in latest.items() if audience not in known and one.id not in ended
        ),
        next_drafts=count[False],
        next_published=count[True],
    )


class _Head(NamedTuple):
    pk: int
    year: int
    audience: Audience
    is_published: bool
    binds_on: bool


def _heads(next_year: int, root: Unit) -> list[_Head]:
    """Sets of the next year and the one before. One ``binds_on`` unless its unit does not live
    to see the next year, or lies elsewhere.
    """
    new_year = dt.date(next_year, 1, 1)
    rows = RuleSet.objects.filter(year__in=(next_year - 1, next_year)).order_by("pk")
    told = rows.values_list(
        *("pk", "year", "unit", "published_at", "unit__path", "unit__abolished_on", "categories")
    )
    heads: dict[int, _Head] = {}
    for pk, year, unit, published_at, path, abolished_on, category in told:
        ours = unit is None or path.startswith(root.path)
        alive = abolished_on is None or abolished_on > new_year
        before = heads.get(pk)
        categories = before.audience[1] if before else frozenset()
        if category is not None:
            categories |= {category}
        audience = (unit, categories)
        heads[pk] = _Head(pk, year, audience, published_at is not None, ours and alive)
    return list(heads.values())


def copy_rule_sets(*, root: Unit, year: int) -> list[RuleSet]:
    """Drafts for the next year of the sets that `rules_of_two_years` finds left. Due dates move
    along.
    """
    with transaction.atomic():
        Unit.objects.select_for_update().get(pk=root.pk)
        rows = {row.pk: row for row in RuleSet.objects.filter(year=year).select_related("unit")}
        return [_next_years(rows[one.id], year) for one in rules_of_two_years(root, year).left]


def _next_years(rule_set: RuleSet, year: int) -> RuleSet:
    return copy_set(
        rule_set=rule_set,
        title=rule_set.title.replace(str(year), str(year + 1)),
        effective_from=dt.date(year + 1, 1, 1),
        unit=rule_set.unit,
        categories=rule_set.categories.all(),
    )


def confirm_step(
    *, root: Unit, year: int, step: str, note: str, at: dt.datetime, by: User
) -> tuple[TurnCheck, bool]:
    """Notes that somebody looked a step through, and whether nobody had before."""
    return TurnCheck.objects.get_or_create(
        root=root, year=year, step=step, defaults={"note": note, "at": at, "by": by}
    )
