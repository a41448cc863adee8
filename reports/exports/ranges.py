"""What a workbook asked for is about: whose figures, and until which day."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from reports.closing import closing_at
from reports.closings.printed import closed_range, closed_rollup
from reports.models import ClosedUnit, Closing, Job
from reports.stored import StoredEvaluations
from reports.workbook.collect import EmptyRangeError, collect_rollup
from reports.workbook.data import RollupData
from units.models import Category, Unit
from units.querysets import UnitQuerySet


@dataclass(frozen=True)
class Range:
    """A unit with everything below it or alone, perhaps of one category only, until a day.

    ``figures_only`` leaves out whatever names a person. ``words`` says all that to a reader.
    """

    root: Unit
    as_of: dt.date
    category: Category | None = None
    alone: bool = False
    figures_only: bool = False
    words: str = ""

    @property
    def is_part(self) -> bool:
        """Whether not everything below the root is in it."""
        return self.alone or self.category is not None

    def to_json(self) -> dict[str, Any]:
        """As a job keeps it beside its root."""
        return {
            "as_of": self.as_of.isoformat(),
            "category": self.category.code if self.category else "",
            "alone": self.alone,
            "figures_only": self.figures_only,
            "range": self.words,
        }

    def units(self) -> UnitQuerySet:
        """The units there are in it today."""
        units = Unit.objects.below(self.root)
        if self.alone:
            units = units.filter(pk=self.root.pk)
        return units.filter(category=self.category) if self.category else units

    def closing(self) -> Closing | None:
        """The closed month that ends on the day."""
        return closing_at(self.root, self.as_of)


def range_of(job: Job) -> Range:
    """What the job is about. Jobs that no page asked for are about all there is below the root."""
    asked = job.parameters
    code = asked.get("category")
    return Range(
        root=job.root,
        as_of=dt.date.fromisoformat(asked["as_of"]),
        category=Category.objects.get(code=code) if code else None,
        alone=asked.get("alone", False),
        figures_only=asked.get("figures_only", False),
        words=asked.get("range", ""),
    )


def live_data(chosen: Range, printed_at: dt.datetime, beat: Callable[[], None]) -> RollupData:
    """From the evaluations on record for the day. EmptyRangeError if there are none.

    `beat` is called now and then.
    """
    stored = StoredEvaluations(chosen.as_of, None, chosen.units())
    return collect_rollup(
        root=chosen.root,
        as_of=chosen.as_of,
        evaluated=stored.evaluated(),
        checksum=stored.checksum,
        printed_at=printed_at,
        beat=beat,
    )


def closed_units_in(chosen: Range, closing: Closing) -> QuerySet[ClosedUnit]:
    """The closed units of the range that owed anything, placed and sorted as they were then.

    EmptyRangeError if there are none.
    """
    within = closed_range(closing, chosen.root).exclude(held={})
    if chosen.alone:
        within = within.filter(unit=chosen.root)
    if chosen.category:
        within = within.filter(category=chosen.category.name)
    if not within.exists():
        raise EmptyRangeError
    return within


def closed_data(chosen: Range, closing: Closing, printed_at: dt.datetime) -> RollupData:
    """As the month was closed. EmptyRangeError if nobody of the range was in it."""
    return closed_rollup(
        closing=closing,
        root=chosen.root,
        printed_at=printed_at,
        within=closed_units_in(chosen, closing),
    )
