"""A closing in three steps: begun, stored a part of its units at a time, sealed by its checksum.

`Closing.objects` knows only what is sealed, so nobody sees a month closed by halves. One process
takes the steps in one transaction; for a large county workers store the parts.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence

from django.db import transaction

from accounts.audit import record
from accounts.models import User
from reports.closings.basis import basis_of
from reports.closings.snapshot import (
    Place,
    basis_checksum,
    closed_units,
    idle_units,
)
from reports.evaluation import evaluate, evaluation_row, total_checksum
from reports.gather.unions import Among
from reports.models import ClosedUnit, Closing, Evaluation, Job, MonthPreview
from reports.periods import Month
from reports.workbook.collect import required_topics
from reports.working_days import recorded_calendar
from units.assignments import Origin
from units.models import Unit

ROWS = 100
"""Rows a statement: a closed unit is some ten thousand characters long."""


class GroundMovedError(Exception):
    """The working calendar or the topics are others than when the closing was begun."""


def begin(*, root: Unit, month: Month, at: dt.datetime, by: User | None) -> Closing:
    """A closing nobody sees yet. IntegrityError if the month is closed or being closed."""
    calendar, topics = recorded_calendar(), required_topics(month.year)
    return Closing.every.create(
        root=root,
        month=month.key,
        as_of=month.last,
        closed_at=at,
        closed_by=by,
        basis=basis_of(month.last, calendar, topics),
    )


def part_of(
    closing: Closing, places: Sequence[Place], beat: Callable[[], None] | None = None
) -> Callable[[], None]:
    """Judges some units; returns what stores them. A dozen queries, whatever their number.

    Raises GroundMovedError: all parts must be judged by the same.
    """
    calendar, topics = recorded_calendar(), required_topics(closing.as_of.year)
    if basis_of(closing.as_of, calendar, topics) != closing.basis:
        raise GroundMovedError
    where = {place.unit_id: place for place in places}
    names = {key: topic.name for key, topic in topics.items()}
    units = Unit.objects.filter(Among("pk", list(where)))
    batch, rows = [], []
    for judged in evaluate(units, closing.as_of, calendar=calendar):
        if beat is not None:
            beat()
        batch.append((judged, where.pop(judged.unit_id)))
        rows.append(evaluation_row(judged, as_of=closing.as_of, at=closing.closed_at))
    for row in rows:
        row.closing = closing
    closed = [*closed_units(closing, batch, names), *idle_units(closing, where.values())]

    def store() -> None:
        Evaluation.objects.bulk_create(rows, batch_size=ROWS)
        ClosedUnit.objects.bulk_create(closed, batch_size=ROWS)

    return store


def seal(
    closing: Closing, *, at: dt.datetime, by: User | None, origin: Origin | None = None
) -> None:
    """Makes the closing hold, in the caller's transaction, and tells the trail. Nobody will look
    at a preview of the month again.
    """
    closing.checksum = checksum_of(closing)
    closing.save(update_fields=["checksum"])
    below = Unit.objects.below(closing.root)
    MonthPreview.objects.filter(unit__in=below, month=closing.month).delete()
    units = closing.evaluations.count()
    record(
        action="month_close",
        at=at,
        actor=by,
        unit_code=closing.root.code,
        object_type="closing",
        object_id=closing.pk,
        after={"month": closing.month, "units": units, "checksum": closing.checksum},
        **(origin or {}),
    )


def checksum_of(closing: Closing) -> str:
    """SHA-256 over the basis and the checksums of every evaluation and every closed unit."""
    evaluations = closing.evaluations.order_by().values_list("unit_id", "checksum")
    units = closing.units.order_by().values_list("unit_id", "checksum")
    said = [(0, basis_checksum(closing)), *evaluations.iterator(), *units.iterator()]
    return total_checksum(said)


def discard(closings: Iterable[Closing]) -> None:
    """Removes closings that were begun and never sealed, with all that was stored of them."""
    for closing in closings:
        with transaction.atomic():
            if Closing.every.select_for_update().filter(pk=closing.pk, checksum="").exists():
                Evaluation.objects.filter(closing=closing).delete()
                ClosedUnit.objects.filter(closing=closing).delete()
                Closing.every.filter(pk=closing.pk).delete()


def discard_abandoned() -> None:
    """The same for those whose job has failed or was cancelled."""
    jobs = Job.objects.unfinished().filter(kind=Job.Task.CLOSING)
    discard(
        closing
        for closing in Closing.every.filter(checksum="")
        if not jobs.filter(root=closing.root_id, parameters__month=closing.month).exists()
    )
