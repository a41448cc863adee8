"""Nothing waits for somebody who is no longer there."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import AuditEvent
from sessions import tasks
from sessions.reviews.stuck import release_stuck
from tests.portal.county import make_assignment, make_county
from tests.sessions.reviews.make import (
    submitted_plan,
    submitted_report,
    submitted_session,
    switch_on,
)
from units.access.roles import Role
from units.models import Assignment

pytestmark = pytest.mark.django_db


@pytest.fixture
def county():
    county = make_county()
    switch_on(county)
    return county


def disable(county):
    county["approver"].is_active = False
    county["approver"].save()


def end_role(county):
    Assignment.objects.owned_by(county["approver"]).update(end_date=timezone.localdate())


@pytest.mark.parametrize("leave", [disable, end_role])
@pytest.mark.parametrize("make", [submitted_session, submitted_plan, submitted_report])
def test_what_waits_passes_on_once_the_last_approver_is_gone(county, make, leave):
    about = make(county.own, county["clerk"])
    assert about.awaits_approval
    assert release_stuck(at=timezone.now()) == 0
    leave(county)
    assert (release_stuck(at=timezone.now()), release_stuck(at=timezone.now())) == (1, 0)
    version = about.version
    about.refresh_from_db()
    assert (about.status, about.awaits_approval, about.version) == ("submitted", False, version + 1)
    line = AuditEvent.objects.get(action="approval.pass_on")
    assert (line.actor, line.object_id, line.unit_code) == (None, str(about.pk), "QS001")


def test_whoever_submitted_is_nobody_to_wait_for(county):
    other = make_assignment(county["nobody"], Role.APPROVER, county.own)
    session = submitted_session(county.own, county["approver"])
    other.end_date = timezone.localdate()
    other.save()
    tasks.release_stuck()
    session.refresh_from_db()
    assert not session.awaits_approval


def test_an_approver_of_tomorrow_is_none_today(county):
    session = submitted_session(county.own)
    tomorrow = timezone.localdate() + timedelta(days=1)
    Assignment.objects.owned_by(county["approver"]).update(start_date=tomorrow)
    assert release_stuck(at=timezone.now()) == 1
    session.refresh_from_db()
    assert not session.awaits_approval
