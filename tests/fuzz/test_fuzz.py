"""A few of the requests of `make fuzz`, so that neither they nor the schema rot."""

import time

import pytest

from tests.fuzz.running import run
from tests.fuzz.tally import Tally, table

# SQLite takes nearly everything; what a strict database refuses is what breaks an answer.
pytestmark = [pytest.mark.django_db, pytest.mark.strict]


@pytest.mark.parametrize("caller", ["clerk", "department_admin"])
def test_whatever_is_sent_is_answered_as_described(caller):
    tally = run(caller, examples=2, start=20261122, until=time.monotonic() + 600)
    assert not tally.faults, table(tally)
    assert not tally.left_out, table(tally)


def test_a_fault_is_told_with_its_shortest_request():
    tally = Tally()
    for request in ("long request", "short", "middling"):
        tally.note("GET /units", "Server error", request)
    assert "FAULT GET /units\n  Server error\n  short" in table(tally)
