"""A closed month as it is printed and sent: nothing here looks at what is on record today."""

import datetime as dt
from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet

from reports.closings.basis import topics_of
from reports.closings.rows import attendance_row, member_row, session_row
from reports.emails.names import Called
from reports.models import ClosedUnit, Closing
from reports.periods import Month
from reports.stored import StoredEvaluations
from reports.workbook.collect import EmptyRangeError, EvaluatedUnit, rule_sets_in_use
from reports.workbook.data import AttendanceRow, MemberRow, RollupData, RollupUnit, SessionRow
from units.models import Unit

_CHUNK = 200


def closed_range(closing: Closing, root: Unit) -> QuerySet[ClosedUnit]:
    """The closed units of a range of the county, in the order of that time."""
    units = closing.units.order_by("position")
    if root.pk == closing.root_id:
        return units
    was = units.filter(unit=root).values_list("path", flat=True).first()
    return units.filter(path__startswith=was or root.path)


def closed_rollup(
    *,
    closing: Closing,
    root: Unit,
    printed_at: dt.datetime,
    within: QuerySet[ClosedUnit] | None = None,
) -> RollupData:
    """The rollup of a closed month for a range of the county, or for the units `within` it.

    `printed_at` is local time. Raises EmptyRangeError when none of the units owed anything.
    """
    within = closed_range(closing, root) if within is None else within
    units = Unit.objects.filter(pk__in=within.values("unit"))
    stored = StoredEvaluations(closing.as_of, closing, units)
    evaluated = {unit.unit_id: unit for unit in stored.evaluated()}
    if not evaluated:
        raise EmptyRangeError
    heads = within.defer("sessions", "members", "attendance", "mail")
    rows = [row for row in heads.iterator(chunk_size=_CHUNK) if row.unit_id in evaluated]
    printed = [_unit(row, evaluated[row.unit_id]) for row in rows]
    return RollupData(
        county=closed_name(closing, root),
        month=Month.parse(closing.month),
        as_of=closing.as_of,
        printed_at=printed_at,
        rule_sets=rule_sets_in_use(printed),
        checksum=closing.checksum,
        units=printed,
        sessions=_sessions(within),
        members=_members(within),
        topics=topics_of(closing),
        closed=True,
    )


def closed_attendance(
    units: QuerySet[ClosedUnit],
) -> Iterator[list[tuple[SessionRow, AttendanceRow]]]:
    """Unit by unit, who took part in which session; nobody in months closed before it was kept."""
    for stored, parts in units.values_list("sessions", "attendance").iterator(chunk_size=_CHUNK):
        rows: dict[Hashable, list[AttendanceRow]] = defaultdict(list)
        for part in parts or ():
            rows[part["session"]].append(attendance_row(part))
        yield [(session_row(one), row) for one in stored for row in rows[one["id"]]]


def closed_mails(closing: Closing, unit_ids: Sequence[int]) -> Mapping[int, dict[str, Any]]:
    """The finished values of the monthly mails of some units, by unit id."""
    rows = closing.units.filter(unit__in=unit_ids).exclude(held={})
    return dict(rows.values_list("unit_id", "mail"))


def closed_names(closing: Closing) -> dict[int, Called]:
    """What all units were called, by id, in the order of that time."""
    rows = closing.units.order_by("position").values_list("unit_id", "name", "short_name")
    return {key: Called(name, short) for key, name, short in rows}


def closed_name(closing: Closing, root: Unit) -> str:
    """What a unit was called for short."""
    return closing.units.values_list("short_name", flat=True).get(unit=root)


def _unit(row: ClosedUnit, evaluated: EvaluatedUnit) -> RollupUnit:
    return RollupUnit(
        name=row.short_name,
        category=row.category,
        plan_status=row.held["plan_status"],
        evaluation=evaluated.evaluation,
        months=tuple(row.held["months"]),
        quarters=tuple(row.held["quarters"]),
        returned=row.held["returned"],
        rule_set=evaluated.rule_set,
        established_on=row.established_on,
        abolished_on=row.abolished_on,
    )


def _sessions(units: QuerySet[ClosedUnit]) -> Iterator[SessionRow]:
    for stored in units.values_list("sessions", flat=True).iterator(chunk_size=_CHUNK):
        yield from map(session_row, stored)


def _members(units: QuerySet[ClosedUnit]) -> Iterator[MemberRow]:
    for stored in units.values_list("members", flat=True).iterator(chunk_size=_CHUNK):
        yield from map(member_row, stored)
