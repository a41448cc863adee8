"""Closing a month (封账): what was sent stays what it was."""

import datetime as dt
from collections.abc import Iterator

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models.functions import Length
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from reports.chunks.cutting import cut
from reports.closings.order import in_official_order
from reports.closings.reach import paths_down_to
from reports.closings.snapshot import basis_checksum, placed, places_of, unit_checksum
from reports.closings.storing import begin, part_of, seal
from reports.evaluation import BATCH, row_checksum, total_checksum
from reports.jobs import ask
from reports.models import Closing, Job, RuleSet
from reports.periods import Month
from reports.rules.results import UnitEvaluation, evaluation_from_json
from units.assignments import Origin
from units.models import Unit


class ClosingError(ValueError):
    """The month cannot be closed or opened again; the sentence says why."""


def close_month(
    *, root: Unit, month: Month, at: dt.datetime, by: User | None, origin: Origin | None = None
) -> Closing:
    """Stores the evaluation of every unit of the county at the month's last day, and all else
    that is printed and sent of the month, at once.

    `origin` says in the trail from where and in which role `by` acted. Raises ClosingError if
    the month is not over, is closed already or is just being closed; nothing is written then.
    """
    _require_over(month, at)
    try:
        with transaction.atomic():
            closing = begin(root=root, month=month, at=at, by=by)
            # A unit founded while this runs is left out.
            for part in cut(placed(root), settings.CHUNK_UNITS):
                part_of(closing, places_of(part.units, month.last))()
            seal(closing, at=at, by=by, origin=origin)
            return closing
    except IntegrityError as error:
        if not Closing.every.filter(root=root, month=month.key, reopened_at=None).exists():
            raise
        raise ClosingError(already(month)) from error


def ask_closing(
    *, root: Unit, month: Month, at: dt.datetime, by: User, origin: Origin | None = None
) -> Job:
    """The job that closes a month of a large county; the same one while it is unfinished.

    Raises ClosingError if the month is not over or is closed already.
    """
    _require_over(month, at)
    if standing_closing(root, month) is not None:
        raise ClosingError(already(month))
    job, _new = ask(
        kind=Job.Task.CLOSING,
        root=root,
        parameters={"month": month.key, "origin": dict(origin or {}), "rules": rules_at(month)},
        key=f"closing:{root.code}:{month.key}",
        asked_by=by,
        at=at,
    )
    return job


def rules_at(month: Month) -> list[int]:
    """The ids of the rule sets by which a month is closed."""
    return sorted(RuleSet.objects.in_force(month.last).values_list("pk", flat=True))


def already(month: Month) -> str:
    """The sentence for a month that is closed."""
    return _("%s已经封账；如需更正，请先写明原因重新开放。") % month.label


def _require_over(month: Month, at: dt.datetime) -> None:
    if timezone.localdate(at, timezone.get_default_timezone()) <= month.last:
        raise ClosingError(_("%s尚未结束，不能封账。") % month.label)


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
    rows = in_official_order(closing.evaluations.all()).values_list(*columns)
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
    return bool(closing.checksum) and total_checksum(said) == closing.checksum
