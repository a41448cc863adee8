"""Keeps `make load` from rotting: one clerk's whole visit, and the table; no other process."""

from random import Random

import pytest

from benchmarks.load import table
from benchmarks.load_rounds import Clerk, Took
from sessions.models import StudySession
from tests.portal.county import make_county
from tests.sessions.recording.make import make_group, people

STEPS = ["sign-in", "home", "form", "save", "submit", "list"]


@pytest.mark.once
@pytest.mark.django_db(transaction=True)
def test_a_clerk_hands_in_a_session(live_server):
    own = make_county().own
    members = list(people(make_group(own)).values())
    clerk = Clerk("clerk", members, Random(1))
    took = clerk.visit(live_server.thread.port, beside=False, shorter=10_000, until=float("inf"))
    assert [(each.step, each.is_right) for each in took] == [(step, True) for step in STEPS]
    assert [each.status for each in StudySession.objects.all()] == ["submitted"]


def test_the_table_sets_the_halves_side_by_side():
    quiet = [Took("home", False, number / 1000, 200, is_right=True) for number in range(101)]
    beside = [Took("home", True, number / 500, 200, is_right=True) for number in range(101)]
    wrong = Took("home", True, 60.0, 503, is_right=False)
    row = table([*quiet, *beside, wrong]).splitlines()[1]
    assert row.split() == ["home", "203", "1", "50", "95", "100", "190", "2.00"]
