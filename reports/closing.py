"""Closing a month (封账): what was sent stays what it was; later changes show as differences."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import NamedTuple

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.audit import record
from accounts.models import User
from reports.evaluation import (
    BATCH,
    Evaluated,
    evaluate,
    evaluation_row,
    row_checksum,
    total_checksum,
)
from reports.models import Closing, Evaluation
from reports.periods import Month
from reports.rules.engine import evaluate as judge
from reports.rules.results import Figures, UnitEvaluation, evaluation_from_json
from units.models import Unit


class ClosingError(ValueError):
    """The month cannot be closed or opened again; the sentence says why."""


class Difference(NamedTuple):
    """A unit whose figures up to a closed month are no longer what was stored (封账后变动).

    `before` is None for a unit that was not in the closing. `sessions` are the ids of the
    counted sessions of that time as they stand now.
    """

    unit_id: int
    before: Figures | None
    after: Figures
    sessions: tuple[int, ...]


def close_month(*, root: Unit, month: Month, at: dt.datetime, by: User | None) -> Closing:
    """Stores the evaluation of every unit of the county at the month's last day.

    Raises ClosingError if the month is not over or is closed already; nothing is written then.
    """
    if timezone.localdate(at, timezone.get_default_timezone()) <= month.last:
        raise ClosingError(_("%s尚未结束，不能封账。") % month.label)
    try:
        with transaction.atomic():
            return _close(root, month, at, by)
    except IntegrityError as error:
        closed = Closing.objects.filter(root=root, month=month.key, reopened_at=None)
        if not closed.exists():
            raise
        raise ClosingError(
            _("%s已经封账；如需更正，请先写明原因重新开放。") % month.label
        ) from error


def _close(root: Unit, month: Month, at: dt.datetime, by: User | None) -> Closing:
    closing = Closing.objects.create(
        root=root, month=month.key, as_of=month.last, closed_at=at, closed_by=by, checksum=""
    )
    checksums: list[tuple[int, str]] = []
    units = evaluate(Unit.objects.below(root), month.last)
    while batch := [evaluation_row(unit, as_of=month.last, at=at) for unit in islice(units, BATCH)]:
        for row in batch:
            row.closing = closing
        Evaluation.objects.bulk_create(batch)
        checksums += [(row.unit_id, row.checksum) for row in batch]
    closing.checksum = total_checksum(checksums)
    closing.save(update_fields=["checksum"])
    record(
        action="month_close",
        at=at,
        actor=by,
        unit_code=root.code,
        object_type="closing",
        object_id=closing.pk,
        after={"month": month.key, "units": len(checksums), "checksum": closing.checksum},
    )
    return closing


@transaction.atomic
def reopen(*, closing: Closing, reason: str, at: dt.datetime, by: User | None) -> None:
    """Opens a closed month again. The closing and its evaluations stay on record.

    Raises ClosingError without a reason, or if it is open already.
    """
    if not reason.strip():
        raise ClosingError(_("重新开放必须写明原因。"))
    standing = Closing.objects.filter(pk=closing.pk, reopened_at=None)
    if standing.update(reopened_at=at, reopened_by=by, reopen_reason=reason) != 1:
        raise ClosingError(_("该月已经重新开放，请刷新后再试。"))
    record(
        action="month_reopen",
        at=at,
        actor=by,
        unit_code=closing.root.code,
        object_type="closing",
        object_id=closing.pk,
        after={"month": closing.month, "reason": reason},
    )
    closing.refresh_from_db()


def standing_closing(root: Unit, month: Month) -> Closing | None:
    """The closing that holds for a month; None while it is open."""
    return Closing.objects.filter(root=root, month=month.key, reopened_at=None).first()


def closed_evaluations(closing: Closing) -> Iterator[tuple[int, UnitEvaluation, int | None]]:
    """The snapshot as it was stored: unit id, evaluation, rule set id, in official order."""
    rows = closing.evaluations.order_by("unit__rank_order", "unit__code")
    columns = ("unit_id", "standing", "figures", "results", "rule_set_id")
    for unit, standing, figures, results, rule_set in rows.values_list(*columns).iterator():
        said = {"standing": standing, "figures": figures, "results": results}
        yield unit, evaluation_from_json(said), rule_set


def intact(closing: Closing) -> bool:
    """Whether the snapshot is what was closed: no row changed, added, gone or exchanged."""
    rows = list(closing.evaluations.all())
    whole = total_checksum((row.unit_id, row.checksum) for row in rows)
    return whole == closing.checksum and all(row_checksum(row) == row.checksum for row in rows)


def differences_since(closing: Closing, *, today: dt.date) -> Iterator[Difference]:
    """Units whose sessions up to the closed day would give other figures if counted today.

    Only what was recorded or changed afterwards makes a difference, never the mere passing of
    time: sessions after the closed day are left aside.
    """
    stored = dict(closing.evaluations.values_list("unit_id", "figures"))
    units = Unit.objects.below(closing.root)
    for unit in evaluate(units, max(today, closing.as_of), year=closing.as_of.year):
        figures, sessions = _until(unit, closing.as_of)
        before = stored.get(unit.unit_id)
        was = None if before is None else Figures(**before)
        if was != figures:
            yield Difference(unit.unit_id, was, figures, sessions)


def _until(unit: Evaluated, day: dt.date) -> tuple[Figures, tuple[int, ...]]:
    """The figures of the sessions up to a day, and those sessions, as they stand now."""
    seen = replace(
        unit.facts,
        sessions=tuple(session for session in unit.facts.sessions if session.date <= day),
    )
    ids = tuple(int(str(session.id)) for session in seen.sessions)
    return judge(seen, unit.context).figures, ids
