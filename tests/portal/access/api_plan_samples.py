"""Plans, personal records and outcomes in the API."""

from typing import Any

from accounts.models import User
from sessions.models import Status
from tests.portal.access.entry_samples import (
    WON,
    WROTE,
    outcome,
    outcome_title,
    record,
    record_title,
)
from tests.portal.access.plan_samples import APPROVED_ON, YEAR, make_plan, plan_address
from tests.portal.access.sample import Sample
from tests.sessions.makeups.make import make_member
from units.models import Unit

NONE = {"pk": 10**9}
NO_ITEM = {"pk": 10**9, "item": 10**9}
DAY = WROTE["date"].isoformat()  # type: ignore[attr-defined]  # a date among words
ITEM = {"period": f"{YEAR}-03", "topic": "学习宪法", "form": "discussion"}
PLAN: dict[str, Any] = {"missing": NONE, "read": "api_plan"}
RECORD: dict[str, Any] = {"make": record, "missing": NONE}
OUTCOME: dict[str, Any] = {"make": outcome, "missing": NONE}


def plan(status: Status, body: Any = None) -> Sample:
    return Sample(make=plan_address(status), sends=lambda user, unit: body or {}, **PLAN)


def new_plan(user: User, unit: Unit) -> dict[str, Any]:
    return {"unit": unit.code, "year": YEAR}


def item(user: User, unit: Unit) -> dict[str, object]:
    made = make_plan(unit)
    return {"pk": made.pk, "item": made.items.get().pk}


def new_record(user: User, unit: Unit) -> dict[str, Any]:
    member = make_member(unit, "测丙")
    return {"member": member.pk, "kind": "reflection", "date": DAY, "title": "学党章"}


def new_outcome(user: User, unit: Unit) -> dict[str, Any]:
    return {**WON, "unit": unit.code, "date": DAY, "title": "学党章"}


def titled(user: User, unit: Unit) -> dict[str, Any]:
    return {"title": "学党章"}


API_PLAN_SAMPLES: dict[tuple[str, str], Sample] = {
    ("api_plans", "GET"): Sample(canary=lambda user, unit: make_plan(unit).title),
    ("api_plans", "POST"): Sample(sends=new_plan),
    ("api_plan", "GET"): Sample(make=plan_address(Status.SUBMITTED), missing=NONE),
    ("api_plan", "PATCH"): plan(Status.DRAFT, {"approved_on": APPROVED_ON, "items": [ITEM]}),
    ("api_plan_submit", "POST"): plan(Status.DRAFT, {"declared": True}),
    ("api_plan_withdraw", "POST"): plan(Status.SUBMITTED),
    ("api_plan_file", "POST"): plan(Status.SUBMITTED),
    ("api_plan_return", "POST"): plan(Status.SUBMITTED, {"reason": "缺研讨"}),
    ("api_plan_item", "GET"): Sample(make=item, missing=NO_ITEM),
    ("api_plan_item_mark", "POST"): Sample(
        make=item, missing=NO_ITEM, read="api_plan_item", sends=lambda user, unit: {"done": True}
    ),
    ("api_personal_records", "GET"): Sample(canary=record_title),
    ("api_personal_records", "POST"): Sample(sends=new_record),
    ("api_personal_record", "GET"): Sample(**RECORD),
    ("api_personal_record", "PATCH"): Sample(**RECORD, read="api_personal_record", sends=titled),
    ("api_personal_record", "DELETE"): Sample(**RECORD, read="api_personal_record"),
    ("api_outcomes", "GET"): Sample(canary=outcome_title),
    ("api_outcomes", "POST"): Sample(sends=new_outcome),
    ("api_outcome", "GET"): Sample(**OUTCOME),
    ("api_outcome", "PATCH"): Sample(**OUTCOME, read="api_outcome", sends=titled),
    ("api_outcome", "DELETE"): Sample(**OUTCOME, read="api_outcome"),
}
