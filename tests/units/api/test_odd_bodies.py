"""Whatever is sent about units and members: an answer, never a fault of the portal."""

import pytest

from tests.sessions.api.calling import entries
from tests.sessions.api.test_odd_bodies import faults, sent_with

# SQLite takes nearly everything; what a strict database refuses is what breaks an answer.
pytestmark = [pytest.mark.django_db, pytest.mark.strict]
UNIT = ["name", "short_name", "category", "rank_order", "email", "established_on", "abolished_on"]
OFFICE = ["role", "post", "rank_order", "start_date", "appointment_no", "note", "confirmed"]
OTHERS = ["name", "distinction", "end_date", "\x00"]
RIGHT = {"role": "member", "rank_order": 1, "start_date": "2026-03-01"}


def test_no_new_unit_breaks_an_answer(admin):
    right = {"code": "QS009", "name": "青石县数据局", "category": "bureau", "parent": "QS"}
    bodies = sent_with([*right, *UNIT, "party_body"], right | {"party_body": "committee"})
    assert faults(admin.client, "post", "/api/v1/units", bodies) == []


def test_no_change_of_a_unit_breaks_an_answer(admin):
    bodies = sent_with([*UNIT, "party_body", "successor", "valid_from"], {})
    bodies += sent_with(["valid_from", "short_name"], {"name": "青石县丁局"})
    bodies += sent_with(["name", "short_name"], {"valid_from": "2026-03-01"})
    bodies += sent_with(["successor"], {"abolished_on": "2026-03-01"})
    assert faults(admin.client, "patch", "/api/v1/units/QS001", bodies) == []


def test_no_new_member_breaks_an_answer(clerk):
    right = {"unit": "QS001", "name": "周己", **RIGHT}
    bodies = sent_with(["unit", "person", *OFFICE, *OTHERS], right)
    assert faults(clerk.client, "post", "/api/v1/members", bodies) == []


def test_no_change_of_a_member_breaks_an_answer(clerk, county):
    address = f"/api/v1/members/{entries(county.own)['钱二']}"
    assert faults(clerk.client, "patch", address, sent_with([*OFFICE, *OTHERS], {})) == []
    bodies = sent_with(OFFICE, {"start_date": "2026-03-01"})
    assert faults(clerk.client, "post", f"{address}/change-office", bodies) == []
    bodies = sent_with(["on", "document_no", "confirmed"], {"on": "2099-03-01"})
    assert faults(clerk.client, "post", f"{address}/end", bodies) == []


@pytest.mark.parametrize(
    "query",
    ["on=x", "on=0001-01-01", "on=9999-12-31", "name=%00", "unit=%00", "unit=", "role=x",
     "ordering=-unit,name", "ordering=id", "page=0", "name=" + "x" * 300],
)  # fmt: skip
def test_no_word_of_the_list_breaks_an_answer(clerk, query):
    assert clerk.client.get(f"/api/v1/members?{query}").status_code in (200, 400, 404)
