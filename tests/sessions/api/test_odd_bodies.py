"""Whatever is sent about plans and entries: an answer, never a fault of the portal."""

import json
from typing import Any

import pytest
from django.test import Client

from sessions.models import AnnualPlan, Status
from tests.sessions.api.calling import YESTERDAY, caller_of, entries
from tests.sessions.plans.make import YEAR, make_plan

# SQLite takes nearly everything; what a strict database refuses is what breaks an answer.
pytestmark = [pytest.mark.django_db, pytest.mark.strict]
DEEP: Any = []
for _ in range(60):
    DEEP = [DEEP]
ODD: list[Any] = [
    None, True, -1, 0, 2**31, 2**63 - 1, 2**63, 10**400, 1.5, "", " ", "a\x00b", "長" * 5000,
    "😀", "0001-01-01", "9999-12-31", "٣", "=1+1", [], [None], [[]], [{}], {}, {"id": 1}, DEEP,
]  # fmt: skip
# Those of them of which another field may make something else; the fuzzer tries whatever there is.
WORST: list[Any] = [
    None, True, 2**63, 10**400, 1.5, "", "a\x00b", "長" * 5000, "0001-01-01", "9999-12-31", "٣",
    [None], {"id": 1}, DEEP,
]  # fmt: skip
ROWS = ["id", "period", "topic", "form", "is_discussion", "content", "speakers", "state", "note"]
ENTRY = ["kind", "date", "title", "session"]
HEAD = ["title", "basis", "approved_by", "approved_on", "items", "\x00"]


def sent_with(fields: list[str], right: dict[str, Any]) -> list[Any]:
    return [right | {name: odd} for name in fields for odd in WORST] + ODD


def faults(client: Client, method: str, address: str, bodies: list[Any]) -> list[Any]:
    """The bodies that were answered by a fault. What is refused must leave the version alone."""
    client.raise_request_exception = False
    about = address.rpartition("/")[0] if method == "post" else address
    changes = method != "post" or address.count("/") > 3
    found = []
    headers: dict[str, str] = {}
    for body in bodies:
        if changes and not headers:
            headers = {"If-Match": client.get(about).headers["ETag"]}
        send = getattr(client, method)
        answer = send(address, json.dumps(body), content_type="application/json", headers=headers)
        assert answer.status_code != 412, body
        if answer.status_code < 400:
            headers = {}
        elif answer.status_code >= 500:
            found.append(body)
    return found


def test_no_new_plan_and_no_row_of_one_breaks_an_answer(scene):
    county, clerk = scene
    right = {"unit": county.own.code, "year": YEAR}
    bodies = sent_with(["unit", "year", *HEAD], right)
    row = {"period": f"{YEAR}-03", "topic": "学习宪法", "form": "collective"}
    bodies += [right | {"items": [each]} for each in sent_with(ROWS, row)]
    assert faults(clerk.client, "post", "/api/v1/plans", bodies) == []


def test_no_change_of_a_plan_breaks_an_answer(scene):
    county, clerk = scene
    plan = make_plan(county.own)
    bodies = sent_with(HEAD, {})
    bodies += [{"items": [each]} for each in sent_with(ROWS, {})]
    assert faults(clerk.client, "patch", f"/api/v1/plans/{plan.pk}", bodies) == []


@pytest.mark.parametrize(
    ("who", "step", "fields"),
    [
        ("clerk", "submit", ["declared"]),
        ("auditor", "return", ["reason", "fields", "due"]),
        ("auditor", "file", ["reason"]),
    ],
)
def test_no_step_of_a_plan_breaks_an_answer(scene, who, step, fields):
    county, _clerk = scene
    plan = make_plan(county.own, status=Status.SUBMITTED)
    client = caller_of(county[who]).client
    bodies = sent_with(fields, {"reason": "缺"} if step == "return" else {})
    assert faults(client, "post", f"/api/v1/plans/{plan.pk}/{step}", bodies) == []
    assert AnnualPlan.objects.get().pk == plan.pk


@pytest.mark.parametrize("book", ["personal-records", "outcomes"])
def test_no_entry_breaks_an_answer(scene, book):
    county, clerk = scene
    whose = {"unit": county.own.code}
    fields = [*ENTRY, "unit", "authors", "level", "outlet", "conversion"]
    right = {"kind": "award", "date": YESTERDAY.isoformat(), "title": "学宪法"}
    if book == "personal-records":
        whose, fields = {"member": entries(county.own)["赵一"]}, [*ENTRY, "member"]
        right |= {"kind": "reflection"}
    address = f"/api/v1/{book}"
    assert faults(clerk.client, "post", address, sent_with(fields, right | whose)) == []
    mine = clerk.post(f"/{book}", right | whose | {"title": "学党章"}).json()["id"]
    assert faults(clerk.client, "patch", f"{address}/{mine}", sent_with(fields, {})) == []
