"""Units and members in the API."""

from typing import Any

from accounts.models import User
from tests.portal.access.roster_samples import entry
from tests.portal.access.sample import Sample
from units.models import Person, RosterEntry, Unit

NONE = {"pk": 10**9}
NAME, START = "测新人", "2026-03-01"


def code(user: User, unit: Unit) -> dict[str, object]:
    return {"code": unit.code}


def new_unit(user: User, unit: Unit) -> dict[str, Any]:
    """Something below the unit."""
    names = {"code": f"{unit.code}-9", "name": "青石县示例局", "parent": unit.code}
    return names | {"category": "bureau", "party_body": "leading_group"}


def new_member(user: User, unit: Unit) -> dict[str, Any]:
    office = {"role": "member", "rank_order": 1, "start_date": START}
    return {"unit": unit.code, "name": NAME, **office}


def member_in_list(user: User, unit: Unit) -> str:
    made = Person.objects.create(unit=unit, name=f"金丝雀{unit.code}")
    RosterEntry.objects.create(person=made, role="member", start_date=START)
    return made.name


def about_entry(body: Any = None) -> Sample:
    sends = None if body is None else lambda user, unit: body
    return Sample(make=entry, missing=NONE, read="api_member", sends=sends)


API_UNIT_SAMPLES = {
    ("api_units", "GET"): Sample(canary=lambda user, unit: f'"code":"{unit.code}"'),
    ("api_units", "POST"): Sample(sends=new_unit),
    ("api_unit", "GET"): Sample(make=code, missing={"code": "QS999"}),
    ("api_unit", "PATCH"): Sample(
        make=code,
        missing={"code": "QS999"},
        read="api_unit",
        sends=lambda user, unit: {"rank_order": 7},
    ),
    ("api_members", "GET"): Sample(canary=member_in_list),
    ("api_members", "POST"): Sample(sends=new_member),
    ("api_member", "GET"): Sample(make=entry, missing=NONE),
    ("api_member", "PATCH"): about_entry({"post": "局长"}),
    ("api_member", "DELETE"): about_entry(),
    ("api_member_end", "POST"): about_entry({"on": START}),
    ("api_member_change_office", "POST"): about_entry({"start_date": START, "role": "deputy"}),
    ("api_schema", "GET"): Sample(),
    ("api_docs", "GET"): Sample(),
}
