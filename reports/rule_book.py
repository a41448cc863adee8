"""The published rule sets of a year as facts, and which of them binds which unit."""

import datetime as dt
from collections.abc import Iterable, Mapping
from operator import attrgetter
from typing import Any, NamedTuple

from django.db.models import QuerySet

from reports.models import RuleSet
from reports.rules.facts import RuleFacts, RuleSetFacts
from reports.rules.words import LEAVE_COUNTS_AS, WARN_DAYS

SHARED = ("min_speakers", "min_service_days", "correction_workdays", "settle_workdays")
TABLES = ("counted_statuses", "leave_counts_as", "warn_days")
HEAD = ("id", "title", "version", "year", "effective_from", "unit_id", *SHARED, *TABLES)
RULE = ("id", "rank_order", "key", "enabled", "severity", "parameters", "points", "deduction")

Row = Mapping[str, Any]


class PublishedSet(NamedTuple):
    """A rule set as the engine takes it, and whom it binds: a unit, categories, or everybody."""

    id: int
    title: str
    version: int
    effective_from: dt.date
    unit_id: int | None
    categories: frozenset[int]
    facts: RuleSetFacts


class RuleBook:
    """Rule sets in force together; the best for a unit comes first of its kind.

    A unit's own set beats its category's, which beats the general one; among those of one kind
    the most recent `effective_from` counts, then the latest version (docs/rules.md, 3).
    """

    def __init__(self, sets: Iterable[PublishedSet]) -> None:
        self._own: dict[int, PublishedSet] = {}
        self._of_category: dict[int, PublishedSet] = {}
        self._general: PublishedSet | None = None
        for found in sorted(sets, key=attrgetter("effective_from", "version", "id")):
            if found.unit_id is not None:
                self._own[found.unit_id] = found
            elif found.categories:
                self._of_category.update(dict.fromkeys(found.categories, found))
            else:
                self._general = found

    def applicable(self, unit_id: int, category_id: int) -> PublishedSet | None:
        """The set that binds a unit; None where the county has published none for it."""
        return self._own.get(unit_id) or self._of_category.get(category_id) or self._general


def rule_book(*, year: int, as_of: dt.date) -> RuleBook:
    """The published sets of a year that are effective at `as_of`; one query."""
    return RuleBook(one for one in published_sets(year) if one.effective_from <= as_of)


def rule_books(years: Iterable[int], as_of: dt.date) -> dict[int, RuleBook]:
    """The rule book of each year; one query."""
    wanted = set(years)
    rows = _rows(RuleSet.objects.filter(year__in=wanted, published_at__isnull=False))
    found = [one for one in _read(rows) if one.effective_from <= as_of] if wanted else []
    return {year: RuleBook(one for one in found if one.facts.year == year) for year in wanted}


def published_sets(year: int) -> list[PublishedSet]:
    """All published sets of a year, in force yet or not; one query."""
    return _read(_rows(RuleSet.objects.filter(year=year, published_at__isnull=False)))


def rule_set_facts(rule_set: RuleSet) -> RuleSetFacts:
    """One rule set, published or not, as the engine takes it."""
    return published_set(rule_set).facts


def published_set(rule_set: RuleSet) -> PublishedSet:
    """One rule set, a draft too, as if it were published; one query."""
    (found,) = _read(_rows(RuleSet.objects.filter(pk=rule_set.pk)))
    return found


def _rows(rule_sets: QuerySet[RuleSet]) -> Iterable[Row]:
    rule_columns = (f"rules__{name}" for name in RULE)
    rows: Iterable[Row] = rule_sets.order_by().values(*HEAD, *rule_columns, "categories")
    return rows


def _read(rows: Iterable[Row]) -> list[PublishedSet]:
    """Rows of sets × categories × rules as sets."""
    by_set: dict[int, list[Row]] = {}
    for row in rows:
        by_set.setdefault(row["id"], []).append(row)
    return [_published(found) for found in by_set.values()]


def _published(rows: list[Row]) -> PublishedSet:
    head = rows[0]
    rules = {row["rules__id"]: row for row in rows if row["rules__id"] is not None}
    ordered = sorted(rules.values(), key=lambda row: (row["rules__rank_order"], row["rules__id"]))
    shared: dict[str, Any] = {name: head[name] for name in SHARED}
    if head["counted_statuses"]:
        shared["counted_statuses"] = frozenset(head["counted_statuses"])
    facts = RuleSetFacts(
        year=head["year"],
        rules=tuple(_rule(row) for row in ordered),
        leave_counts_as={**LEAVE_COUNTS_AS, **head["leave_counts_as"]},
        warn_days={**WARN_DAYS, **head["warn_days"]},
        **shared,
    )
    categories = frozenset(row["categories"] for row in rows if row["categories"] is not None)
    return PublishedSet(
        head["id"], head["title"], head["version"], head["effective_from"], head["unit_id"],
        categories, facts,
    )  # fmt: skip


def _rule(row: Row) -> RuleFacts:
    points, deduction = row["rules__points"], row["rules__deduction"]
    return RuleFacts(
        key=row["rules__key"],
        enabled=row["rules__enabled"],
        severity=row["rules__severity"],
        params=row["rules__parameters"],
        points=points or None,
        deduction=deduction or None,
    )
