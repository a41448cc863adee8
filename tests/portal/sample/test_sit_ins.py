"""The sample shows sit-ins and findings in every state."""

import datetime as dt

import pytest

from reports.models import Finding, SitIn
from tests.portal.sample.conftest import UNTIL

# Once: what a county holds is made without asking the database.
pytestmark = [pytest.mark.django_db, pytest.mark.once, pytest.mark.usefixtures("county")]


@pytest.mark.parametrize("status", ["planned", "agreed", "held", "fed_back"])
def test_every_state_of_a_sit_in_is_there(status):
    assert SitIn.objects.filter(status=status, year=2026).exists()


@pytest.mark.parametrize("status", Finding.Status.values)
def test_every_state_of_a_finding_is_there(status):
    assert Finding.objects.filter(status=status).exists()


def test_some_of_it_is_overdue_and_some_was_listened_to_last_year():
    assert SitIn.objects.feedback_overdue(UNTIL).exists()
    assert Finding.objects.overdue(UNTIL).exists()
    assert SitIn.objects.filter(year=2025, status="fed_back").exists()


def test_feedback_is_about_a_session_the_unit_reported():
    linked = SitIn.objects.filter(year=2026, status="fed_back").select_related("session")
    assert {one.date for one in linked} == {one.session.date for one in linked if one.session}


def test_nothing_lies_ahead_but_what_is_planned_or_agreed():
    done = SitIn.objects.filter(status__in=["held", "fed_back"])
    assert not done.filter(date__gt=UNTIL).exists()
    assert not Finding.objects.filter(found_on__gt=UNTIL).exists()
    assert SitIn.objects.get(status="agreed").date == dt.date(2026, 11, 4)
