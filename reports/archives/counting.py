"""How complete the archives of many units are: counts alone, in official order."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from reports.archives.contents import outcomes_of, records_of, roster_of
from reports.review_terms import wanted_kinds
from reports.rule_book import RuleBook, rule_book
from sessions.models import (
    AnnualPlan,
    Evidence,
    Form,
    PersonalRecord,
    Status,
    StudySession,
    UnitReport,
)
from units.models import Unit
from units.querysets import UnitQuerySet

Checked = Evidence.Checked
UNWANTED = Q(session__is_offline_only=True) & ~Q(file="")
"""Files of sessions that must stay offline, as `Piece.unwanted` has them."""


@dataclass(frozen=True, slots=True)
class ArchiveLine:
    """One unit's year. `complete` of `sessions` hold all the rule requires; `size` in bytes."""

    code: str
    name: str
    category: str
    sessions: int
    complete: int
    files: int
    size: int
    on_paper: int
    withheld: int
    has_plan: bool
    reports: int

    @property
    def incomplete(self) -> int:
        return self.sessions - self.complete


def lined(units: UnitQuerySet, year: int, on: dt.date) -> UnitQuerySet:
    """With what `archive_lines` says of a unit itself: names of the day, plan and reports."""
    papers = {"unit": OuterRef("pk"), "year": year}
    plans = AnnualPlan.objects.filter(**papers).exclude(status=Status.DRAFT)
    reports = UnitReport.objects.filter(**papers).exclude(status=Status.DRAFT)
    found = units.named(on).select_related("category")
    return found.annotate(has_plan=Exists(plans), reports=_number(reports))


def archive_lines(units: Sequence[Any], year: int, on: dt.date) -> list[ArchiveLine]:
    """The lines of units read by `lined`, in their order; four queries for any number.

    `on` is the day of whose rule sets they are told.
    """
    ids = [unit.pk for unit in units]
    held = _sessions(ids, year, _Required(units, rule_book(year=year, as_of=on)))
    pieces = _pieces(ids, year)
    return [
        ArchiveLine(
            code=unit.code,
            name=unit.short_name or unit.code,
            category=unit.category.name,
            sessions=held.get(unit.pk, (0, 0))[0],
            complete=held.get(unit.pk, (0, 0))[1],
            **pieces.get(unit.pk, {"files": 0, "size": 0, "on_paper": 0, "withheld": 0}),
            has_plan=unit.has_plan,
            reports=unit.reports,
        )
        for unit in units
    ]


@dataclass(frozen=True, slots=True)
class ListCounts:
    """How long the lists of a unit's year are. `records` by kind of personal record."""

    roster: int
    outcomes: int
    records: dict[str, int]


def list_counts(unit: Unit, year: int) -> ListCounts:
    """One query."""
    written = records_of(unit, year)
    kinds = list(PersonalRecord.Kind)
    lists: list[QuerySet[Any]] = [
        roster_of(unit, year),
        outcomes_of(unit, year),
        *(written.filter(kind=kind) for kind in kinds),
    ]
    counted = {f"n{place}": _number(rows) for place, rows in enumerate(lists)}
    numbers = Unit.objects.filter(pk=unit.pk).annotate(**counted).values_list(*counted).get()
    return ListCounts(numbers[0], numbers[1], dict(zip(kinds, numbers[2:], strict=True)))


def _number(rows: QuerySet[Any]) -> Coalesce:
    together = rows.order_by().annotate(one=Value(1)).values("one")
    return Coalesce(Subquery(together.annotate(n=Count("pk")).values("n")), 0)


class _Required:
    """The kinds each unit's sessions must have on file."""

    def __init__(self, units: Sequence[Unit], book: RuleBook) -> None:
        self._by_unit = {}
        for unit in units:
            bound = book.applicable(unit.pk, unit.category_id)
            self._by_unit[unit.pk] = wanted_kinds(bound.facts) if bound else frozenset()
        self.any = frozenset[str]().union(*self._by_unit.values())

    def of(self, unit: int) -> frozenset[str]:
        return self._by_unit[unit]


def _sessions(ids: list[int], year: int, required: _Required) -> dict[int, tuple[int, int]]:
    """By unit, how many sessions and how many of them complete; two queries."""
    ours = StudySession.objects.of_year(year).filter(unit__in=ids).exclude(status=Status.DRAFT)
    filed = Evidence.objects.filter(session__in=ours, kind__in=required.any)
    kinds: dict[int, set[str]] = {}
    on_file = filed.exclude(checked__in=Evidence.KEPT_BACK).exclude(UNWANTED).order_by()
    for session, kind in on_file.values_list("session", "kind").distinct():
        kinds.setdefault(session, set()).add(kind)
    found: dict[int, tuple[int, int]] = {}
    for pk, unit, form in ours.order_by().values_list("pk", "unit", "form"):
        complete = form == Form.ADJACENT or required.of(unit) <= kinds.get(pk, set())
        sessions, whole = found.get(unit, (0, 0))
        found[unit] = (sessions + 1, whole + complete)
    return found


def _pieces(ids: list[int], year: int) -> dict[int, dict[str, int]]:
    """By unit, what its sessions have: files to hand out, their bytes, paper, what is held."""
    ours = {"session__unit__in": ids, "session__date__year": year}
    rows = Evidence.objects.filter(**ours).exclude(session__status=Status.DRAFT).order_by()
    out = Q(checked=Checked.CLEAN) & ~Q(file="") & ~UNWANTED
    paper = Q(file="") & ~Q(checked__in=Evidence.KEPT_BACK)
    counted = rows.values("session__unit").annotate(
        files=Count("pk", filter=out),
        bytes=Sum("size", filter=out),
        on_paper=Count("pk", filter=paper),
        withheld=Count("pk", filter=~out & ~paper),
    )
    return {
        row["session__unit"]: {
            "files": row["files"],
            "size": row["bytes"] or 0,
            "on_paper": row["on_paper"],
            "withheld": row["withheld"],
        }
        for row in counted
    }
