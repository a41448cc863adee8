"""Rows for units and rosters, and what imports need around them."""

from datetime import UTC, date, datetime

from units.imports.report import ImportRun
from units.models import Category, Person, RosterEntry, Unit, UnitName

NOW = datetime(2026, 11, 2, 1, tzinfo=UTC)
START = date(2024, 3, 1)


def make_run(**changes) -> ImportRun:
    return ImportRun(**{"at": NOW} | changes)


def make_category(code="township", name="乡镇") -> Category:
    return Category.objects.get_or_create(code=code, defaults={"name": name})[0]


def make_unit(code="QS001", name="示例镇", **changes) -> Unit:
    values = {"category": make_category(), "party_body": "committee", "path": f"{code}/"}
    unit = Unit.objects.create(code=code, **values | changes)
    UnitName.objects.create(unit=unit, name=name, short_name=name)
    return unit


def make_entry(
    unit: Unit, name: str, *, role="member", start=START, end=None, post="", distinction=""
) -> RosterEntry:
    person, _new = Person.objects.get_or_create(unit=unit, name=name, distinction=distinction)
    return RosterEntry.objects.create(
        person=person, role=role, start_date=start, end_date=end, post=post
    )
