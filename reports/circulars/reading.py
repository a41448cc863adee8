"""What pages and papers read of a circular."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from reports.circulars.basis import closed_units
from reports.circulars.problems import JUDGED
from reports.circulars.situation import Situation
from reports.closings.rows import session_row
from reports.models import Circular, CircularExplanation, CircularPassage, ClosedUnit
from reports.rules.phrases import plain_number
from reports.workbook.data import SessionRow
from units.models import Unit

Problem = CircularPassage.Problem


@dataclass(frozen=True, slots=True)
class SessionLine:
    """A session as it was when the month was closed."""

    row: SessionRow
    days: str


def passages_of(circular: Circular) -> list[CircularPassage]:
    """All points in the order of the text, with the units each names; two queries."""
    return list(circular.passages.prefetch_related("units"))


def names_of(circular: Circular) -> dict[int, str]:
    """The units' short names as they were when the month was closed, in official order."""
    units = closed_units(circular.closing, circular.root)
    return dict(units.values_list("unit_id", "short_name"))


def choosable(circular: Circular, among: Collection[int] | None = None) -> QuerySet[Unit]:
    """The units of the circular by category, in official order; or those ``among`` them."""
    judged = closed_units(circular.closing, circular.root).order_by()
    units = Unit.objects.filter(pk__in=judged.values("unit"))
    if among is not None:
        units = units.filter(pk__in=among)
    named = units.named(circular.closing.as_of).select_related("category")
    return named.order_by("rank_order", "code")


def addable_problems(
    passages: Collection[CircularPassage], situation: Situation
) -> Sequence[tuple[str, str]]:
    """The types of problem the text does not hold yet: those that some unit shows, and those that
    people judge.
    """
    there = {passage.problem for passage in passages}
    return [
        (key, str(label))
        for key, label in Problem.choices
        if key not in there and (key in JUDGED or situation.behind(key).missed)
    ]


def explanations_by_unit(
    circular: Circular, unit_ids: Collection[int]
) -> dict[int, CircularExplanation]:
    """What units say of their lines, by unit."""
    rows = CircularExplanation.objects.filter(circular=circular, unit__in=unit_ids)
    return {row.unit_id: row for row in rows}


def session_lines(unit: ClosedUnit) -> list[SessionLine]:
    """Every session the closed ledger holds, names of people left out by whoever prints it."""
    rows = [session_row(stored) for stored in unit.sessions]
    return [SessionLine(row, plain_number(row.half_days / 2)) for row in rows]
