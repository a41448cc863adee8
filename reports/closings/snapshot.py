"""Units judged at a month's end → what is kept of each besides its evaluation."""

import datetime as dt
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from operator import itemgetter
from typing import Any, NamedTuple, Protocol

from django.db.models import QuerySet

from reports.chunks.cutting import Placed
from reports.closings.rows import Plain, plain_attendance, plain_member, plain_session
from reports.emails import unit_mail
from reports.emails.items import Item, Topics
from reports.emails.unit_mail import UnitCase
from reports.evaluation import Evaluated
from reports.gather.unions import Among
from reports.models import ClosedUnit, Closing
from reports.periods import Month
from reports.workbook.attendance_rows import attendance_rows_in
from reports.workbook.basis import rule_set_name
from reports.workbook.collect import Held, held_by
from reports.workbook.data import RuleSetInUse, no_rule_set
from reports.workbook.member_rows import member_rows_in
from reports.workbook.session_rows import session_rows_in
from reports.workbook.unit_keys import UnitKey
from units.models import Unit, UnitName

COVERED = (
    "unit_id", "position", "path", "name", "short_name", "category", "established_on",
    "abolished_on", "held", "sessions", "members", "mail",
)  # fmt: skip
"""The columns of a closed unit that its checksum covers. They stay these: months are closed."""

COVERED_IF_KEPT = ("attendance",)
"""Columns that came later, covered where they are not null: older checksums hold without them."""


_PLACED_BY = ("id", "code", "path", "category__name", "established_on", "abolished_on")


class Positioned(Protocol):
    """Whatever tells a unit's position in the official order."""

    @property
    def position(self) -> int: ...

    @property
    def unit_id(self) -> int: ...


class Place(NamedTuple):
    """A unit's place in the official order, and what it is called on the day."""

    position: int
    unit_id: int
    path: str
    name: str
    short_name: str
    category: str
    established_on: dt.date | None
    abolished_on: dt.date | None


def placed(root: Unit) -> list[Placed]:
    """The root and every unit below it, numbered in official order; one query."""
    rows = Unit.objects.below(root).order_by("rank_order", "code").values_list("id", "path")
    return [Placed(position, *row) for position, row in enumerate(rows, start=1)]


def places(root: Unit, as_of: dt.date) -> list[Place]:
    """The root and every unit below it, in official order; two queries."""
    rows = Unit.objects.below(root).order_by("rank_order", "code").values_list(*_PLACED_BY)
    names = UnitName.objects.filter(unit__path__startswith=root.path)
    return _places(enumerate(rows, start=1), names, as_of)


def places_of(units: Sequence[Positioned], as_of: dt.date) -> list[Place]:
    """Some units at the positions they have; two queries."""
    position_of = {unit.unit_id: unit.position for unit in units}
    rows = Unit.objects.filter(Among("pk", list(position_of))).values_list(*_PLACED_BY)
    names = UnitName.objects.filter(Among("unit_id", list(position_of)))
    numbered = ((position_of[row[0]], row) for row in rows)
    return _places(sorted(numbered, key=itemgetter(0)), names, as_of)


def _places(
    rows: Iterable[tuple[int, tuple[Any, ...]]], names: QuerySet[UnitName], as_of: dt.date
) -> list[Place]:
    dated = names.filter(valid_from__lte=as_of).order_by("valid_from")
    called = {
        key: (name, short)
        for key, name, short in dated.values_list("unit_id", "name", "short_name")
    }
    return [
        Place(position, key, path, name, short, category, founded, gone)
        for position, (key, code, path, category, founded, gone) in rows
        for name, short in [called.get(key, (code, code))]
    ]


def rule_set_of(unit: Evaluated) -> RuleSetInUse:
    """The rule set a unit was judged by, as workbook and mails name it."""
    if unit.rule_set is None:
        return no_rule_set(unit.context)
    return RuleSetInUse(unit.rule_set.title, unit.rule_set.version, unit.context)


def closed_units(
    closing: Closing, batch: Sequence[tuple[Evaluated, Place]], topics: Topics
) -> list[ClosedUnit]:
    """The unsaved rows of a batch of judged units. Seven queries, whatever the batch."""
    year = closing.as_of.year
    keys = [_key(unit, place) for unit, place in batch]
    facts = {unit.unit_id: unit.facts for unit, _place in batch}
    held = {key.id: held_by(key, facts[key.id]) for key in keys}
    sessions: dict[int, list[Plain]] = defaultdict(list)
    for unit_id, session, row in session_rows_in(keys, facts, year):
        sessions[unit_id].append(plain_session(session, row))
    attendance = _attendance(keys, year, sessions)
    members: dict[int, list[Plain]] = defaultdict(list)
    uncounted = {unit_id: found.uncounted for unit_id, found in held.items()}
    for unit_id, member in member_rows_in(keys, closing.as_of, uncounted):
        members[unit_id].append(plain_member(member))
    return [
        _closed(
            closing,
            place,
            held=_plain_held(held[unit.unit_id]),
            sessions=sessions[unit.unit_id],
            members=members[unit.unit_id],
            attendance=attendance[unit.unit_id],
            mail=_mail(unit, place.name, closing.as_of, topics),
        )
        for unit, place in batch
    ]


def idle_units(closing: Closing, idle: Iterable[Place]) -> list[ClosedUnit]:
    """The unsaved rows of units that owed nothing: those without a group, or not there yet."""
    return [_closed(closing, place, attendance=[]) for place in idle]


def unit_checksum(row: ClosedUnit) -> str:
    """SHA-256 over all that a closed unit says, in canonical JSON."""
    later = [name for name in COVERED_IF_KEPT if getattr(row, name) is not None]
    said = {name: getattr(row, name) for name in (*COVERED, *later)}
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_iso)
    return hashlib.sha256(text.encode()).hexdigest()


def basis_checksum(closing: Closing) -> str:
    """SHA-256 over what a closing says of itself, in canonical JSON."""
    said = [closing.root_id, closing.month, closing.as_of.isoformat(), closing.basis]
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _key(unit: Evaluated, place: Place) -> UnitKey:
    return UnitKey(
        unit.unit_id, place.short_name, place.established_on, place.abolished_on, unit.context
    )


def _closed(closing: Closing, place: Place, **said: Any) -> ClosedUnit:
    row = ClosedUnit(closing=closing, **place._asdict(), **said)
    row.checksum = unit_checksum(row)
    return row


def _attendance(
    keys: Sequence[UnitKey], year: int, sessions: Mapping[int, Sequence[Plain]]
) -> dict[int, list[Plain]]:
    """Who took part in the sessions that are kept, by unit id."""
    kept = {session["id"] for rows in sessions.values() for session in rows}
    found: dict[int, list[Plain]] = defaultdict(list)
    for unit_id, session, row in attendance_rows_in(keys, year):
        if session in kept:
            found[unit_id].append(plain_attendance(session, row))
    return found


def _plain_held(held: Held) -> Plain:
    return {
        "plan_status": held.plan_status,
        "months": list(held.months),
        "quarters": list(held.quarters),
        "returned": held.returned,
    }


def _mail(unit: Evaluated, name: str, as_of: dt.date, topics: Topics) -> Plain:
    """The finished values of the unit's monthly mail."""
    rule_set = rule_set_name(rule_set_of(unit))
    case = UnitCase(name, unit.evaluation, unit.facts, unit.context, rule_set, topics)
    values = unit_mail.monthly(case, Month.of(as_of))
    items = {key: list(_plain_items(values[key])) for key in ("urgent", "pending")}
    return {**values, **items, "rule_sets": [rule_set]}


def _plain_items(items: Iterable[Item]) -> Iterator[Plain]:
    return map(asdict, items)


def _iso(day: dt.date) -> str:
    return day.isoformat()
