"""How little is asked of the database to keep a record and to hand it in."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sessions.recording.drafts import open_draft, save_draft
from sessions.recording.due import due_members
from sessions.recording.ground import Ground
from sessions.recording.written import taking
from tests.sessions.recording.make import (
    DAY,
    NOW,
    hand_in,
    make_draft,
    make_group,
    make_member,
    written,
)

pytestmark = pytest.mark.django_db
ROSTER, FACTS = "units_rosterentry", "reports_unitmonth"


@pytest.fixture
def unit():
    return make_group()


def asked_by(work):
    """The statements behind a piece of work, those about savepoints left out."""
    with CaptureQueriesContext(connection) as captured:
        work()
    said = [each["sql"] for each in captured.captured_queries]
    return [sql for sql in said if "SAVEPOINT" not in sql]


def test_a_new_draft_asks_little_and_counts_no_facts(unit):
    what = written(unit)
    said = asked_by(lambda: open_draft(unit=unit, token=uuid4(), written=what, by=None))
    assert len(said) == 5
    assert not any(FACTS in sql for sql in said)


def test_a_changed_draft_counts_no_facts(unit):
    session = make_draft(unit)
    what = taking(written(unit), written(unit, theme="改"), ["theme"])
    said = asked_by(lambda: save_draft(session=session, version=1, written=what))
    assert len(said) == 10
    assert not any(FACTS in sql for sql in said)


def test_a_submission_asks_little(unit):
    session = make_draft(unit)
    session.refresh_from_db()
    said = asked_by(lambda: hand_in(session, at=NOW))
    assert len(said) == 20
    assert any(FACTS in sql for sql in said)


def test_a_ground_reads_everything_once(unit):
    ground = Ground(unit)
    days = [DAY, DAY + timedelta(days=1), DAY]
    said = asked_by(lambda: [(ground.due(day), ground.terms(day, day, DAY)) for day in days])
    assert sum(ROSTER in sql for sql in said) == 1
    assert len(said) == 2


@pytest.mark.parametrize("day", [date(2026, 2, 28), date(2026, 3, 1), date(2026, 5, 1), DAY])
def test_a_ground_names_the_same_people_as_the_roster(unit, day):
    make_member(unit, "李四", start_date=date(2026, 3, 1), end_date=date(2026, 5, 1))
    make_member(unit, "李四", "deputy", start_date=date(2026, 2, 1), rank_order=0)
    make_member(unit, "周五", "secretary")
    assert Ground(unit).due(day) == due_members(unit, day)
