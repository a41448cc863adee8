"""Closing a month (封账): what was sent stays what it was."""

import datetime as dt
from collections.abc import Iterator
from itertools import islice

from django.db import IntegrityError, transaction
from django.db.models.functions import Length
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.audit import record
from accounts.models import User
from reports.closings.basis import basis_of
from reports.closings.reach import paths_down_to
from reports.closings.snapshot import (
    basis_checksum,
    closed_units,
    idle_units,
    places,
    unit_checksum,
)
from reports.evaluation import BATCH, evaluate, evaluation_row, row_checksum, total_checksum
from reports.models import ClosedUnit, Closing, Evaluation
from reports.periods import Month
from reports.rules.results import UnitEvaluation, evaluation_from_json
from reports.workbook.collect import required_topics
from reports.working_days import recorded_calendar
from units.assignments import Origin
from units.models import Unit


class ClosingError(ValueError):
    """The month cannot be closed or opened again; the sentence says why."""


def close_month(
    *, root: Unit, month: Month, at: dt.datetime, by: User | None, origin: Origin | None = None
) -> Closing:
    """Stores the evaluation of every unit of the county at the month's last day, and all else
    that is printed and sent of the month.

    `origin` says in the trail from where and in which role `by` acted. Raises ClosingError if
    the month is not over or is closed already; nothing is written then.
    """
    if timezone.localdate(at, timezone.get_default_timezone()) <= month.last:
        raise ClosingError(_("%s尚未结束，不能封账。") % month.label)
    try:
        with transaction.atomic():
            return _close(root, month, at, by, origin or {})
    except IntegrityError as error:
        if standing_closing(root, month) is None:
            raise
        raise ClosingError(
            _("%s已经封账；如需更正，请先写明原因重新开放。") % month.label
        ) from error


def _close(root: Unit, month: Month, at: dt.datetime, by: User | None, origin: Origin) -> Closing:
    calendar, topics = recorded_calendar(), required_topics(month.year)
    closing = Closing.objects.create(
        root=root,
        month=month.key,
        as_of=month.last,
        closed_at=at,
        closed_by=by,
        basis=basis_of(month.last, calendar, topics),
    )
    where = {place.unit_id: place for place in places(root, month.last)}
    names = {key: topic.name for key, topic in topics.items()}
    evaluated = evaluate(Unit.objects.below(root), month.last, calendar=calendar)
    # A unit founded while this runs is left out.
    known = (unit for unit in evaluated if unit.unit_id in where)
    number = 0
    while batch := [(unit, where.pop(unit.unit_id)) for unit in islice(known, BATCH)]:
        rows = [evaluation_row(unit, as_of=month.last, at=at) for unit, _place in batch]
        for row in rows:
            row.closing = closing
        Evaluation.objects.bulk_create(rows)
        ClosedUnit.objects.bulk_create(closed_units(closing, batch, names))
        number += len(rows)
    ClosedUnit.objects.bulk_create(idle_units(closing, where.values()), batch_size=BATCH)
    closing.checksum = _whole(closing)
    closing.save(update_fields=["checksum"])
    record(
        action="month_close",
        at=at,
        actor=by,
        unit_code=root.code,
        object_type="closing",
        object_id=closing.pk,
        after={"month": month.key, "units": number, "checksum": closing.checksum},
        **origin,
    )
    return closing


def standing_closing(root: Unit, month: Month) -> Closing | None:
    """The closing that holds for a month of the county; None while it is open."""
    return Closing.objects.standing().filter(root=root, month=month.key).first()


def closing_at(unit: Unit, as_of: dt.date) -> Closing | None:
    """The closing whose figures are those of the date for a unit and everything below it.

    That of the unit itself or of the nearest county above it, if the month that ends on the
    date is closed.
    """
    above = paths_down_to(unit.path)
    standing = Closing.objects.standing().filter(as_of=as_of, root__path__in=above)
    return standing.order_by(Length("root__path").desc()).first()


def closed_evaluations(closing: Closing) -> Iterator[tuple[int, UnitEvaluation, int | None]]:
    """The snapshot as it was stored: unit id, evaluation, rule set id, in official order."""
    columns = ("unit_id", "standing", "figures", "results", "rule_set_id")
    rows = closing.evaluations.order_by("id").values_list(*columns)
    for unit, standing, figures, results, rule_set in rows.iterator():
        said = {"standing": standing, "figures": figures, "results": results}
        yield unit, evaluation_from_json(said), rule_set


def intact(closing: Closing) -> bool:
    """Whether the snapshot is what was closed: no row changed, added, gone or exchanged."""
    said = [(0, basis_checksum(closing))]
    for row in closing.evaluations.order_by().iterator(BATCH):
        said.append((row.unit_id, row.checksum))
        if row_checksum(row) != row.checksum:
            return False
    for unit in closing.units.order_by().iterator(BATCH):
        said.append((unit.unit_id, unit.checksum))
        if unit_checksum(unit) != unit.checksum:
            return False
    return total_checksum(said) == closing.checksum


def _whole(closing: Closing) -> str:
    """SHA-256 over the basis and the checksums of every evaluation and every closed unit."""
    evaluations = closing.evaluations.order_by().values_list("unit_id", "checksum")
    units = closing.units.order_by().values_list("unit_id", "checksum")
    said = [(0, basis_checksum(closing)), *evaluations.iterator(), *units.iterator()]
    return total_checksum(said)
