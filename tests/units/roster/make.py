"""Rosters to change in tests."""

from dataclasses import replace
from datetime import date

from tests.units.imports.factories import make_entry, make_unit
from units.models import RosterEntry, Unit
from units.roster.services import Office
from units.roster.terms import digest_of

DAY = date(2026, 3, 1)


def make_group(code: str = "QS001") -> Unit:
    """李甲 the leader, 王乙 and 陈丙 members, 赵丁 the secretary, all since March 2024."""
    unit = make_unit(code, f"{code}镇")
    roles = {"李甲": "leader", "王乙": "member", "陈丙": "member", "赵丁": "secretary"}
    for name, role in roles.items():
        make_entry(unit, name, role=role)
    return unit


def entry_of(unit: Unit, name: str) -> RosterEntry:
    return RosterEntry.objects.get(person__unit=unit, person__name=name, end_date=None)


def make_office(**changes) -> Office:
    return replace(Office(role="member", post="委员", rank_order=9, start_date=DAY), **changes)


def seen(unit: Unit) -> dict[str, str]:
    """What somebody sends along who has just looked at the roster."""
    return {"seen": digest_of(unit)}


def in_office(unit: Unit, day: date) -> list[str]:
    entries = RosterEntry.objects.of_unit(unit).in_office(day).order_by("rank_order", "id")
    return [entry.person.name for entry in entries.select_related("person")]
