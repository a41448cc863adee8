"""A few of the requests of `make fuzz`, so that neither they nor the schema rot."""

import time

import pytest

from tests.fuzz import running
from tests.fuzz.tally import Tally, table

# SQLite takes nearly everything; what a strict database refuses is what breaks an answer.
pytestmark = [pytest.mark.django_db, pytest.mark.strict]


def run(caller: str, examples: int = 2, only: str = "") -> Tally:
    until = time.monotonic() + 600
    return running.run(caller, examples=examples, start=20261122, until=until, only=only)


def told(tally: Tally) -> str:
    return "\n".join(fault for _label, fault in tally.faults)


@pytest.mark.parametrize("caller", ["clerk", "department_admin"])
def test_whatever_is_sent_is_answered_as_described(caller):
    tally = run(caller)
    assert not tally.faults, table(tally)
    assert not tally.left_out, table(tally)


def test_what_a_foreign_unit_plans_is_noticed(monkeypatch):
    monkeypatch.setattr("sessions.querysets.AnnualPlanQuerySet.visible_to", lambda rows, who: rows)
    assert "a foreign unit: 金丝雀BS" in told(run("auditor", 8, "GET /plans"))


def test_an_error_of_the_portal_is_noticed(monkeypatch):
    monkeypatch.setattr("units.rest.resources.etag_of", lambda shown: 1 // 0)
    assert "raised ZeroDivisionError" in told(run("auditor", 8, "GET /units/"))


def test_an_answer_that_is_not_described_is_noticed(monkeypatch):
    monkeypatch.setattr("units.rest.resources.Resource.shown", lambda view, row: {"code": None})
    assert "Response violates schema" in told(run("auditor", 8, "GET /units/"))


def test_a_fault_is_told_with_its_shortest_request():
    tally = Tally()
    for request in ("long request", "short", "middling"):
        tally.note("GET /units", "Server error", request)
    assert "FAULT GET /units\n  Server error\n  short" in table(tally)
