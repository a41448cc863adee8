"""What the lead changed, on the partner's pages."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from sessions.models import StudySession
from sessions.recording.submitting import withdraw
from tests.portal.county import make_assignment
from tests.sessions.pages.make import answers, scene
from tests.sessions.recording.make import make_group
from units.access.roles import Role

__all__ = ["scene"]
pytestmark = pytest.mark.django_db
NEW = reverse("session_new")


def address(route: str, session: StudySession) -> str:
    return reverse(route, kwargs={"pk": session.pk})


@pytest.fixture
def partner(scene):
    """The browser of the clerk whose record is submitted, when the lead submits another theme."""
    county, client = scene
    make_group(county.sister, ("周甲", "吴乙"))
    make_assignment(county["nobody"], Role.CLERK, county.sister)
    form = answers(county.own, joint_units=[county.sister.pk], then="submit")
    client.post(NEW, form)
    browser = Client()
    browser.force_login(county["nobody"])
    session = StudySession.objects.get(unit=county.sister)
    sent = answers(county.sister, then="submit", warnings_accepted="1")
    browser.post(address("session_edit", session), sent)
    lead = StudySession.objects.get(unit=county.own)
    withdraw(session=lead, at=timezone.now(), by=None)
    lead.refresh_from_db()
    changed = form | {"theme": "学习监察法", "version": str(lead.version)}
    client.post(address("session_edit", lead), changed)
    return browser


def submitted(scene) -> tuple[StudySession, dict[str, int]]:
    session = StudySession.objects.select_related("joint_lead").get(unit=scene[0].sister)
    lead = session.joint_lead
    assert lead is not None
    return session, {"version": session.version, "lead_version": lead.version}


def test_the_partner_sees_both_and_takes_over(scene, partner):
    session, versions = submitted(scene)
    page = partner.get(address("session_detail", session)).content.decode()
    assert "与联学牵头单位的记录不一致" in page
    assert "学习监察法" in page
    answer = partner.post(address("session_joint_take", session), versions)
    assert answer["Location"] == address("session_edit", session)
    session.refresh_from_db()
    assert (session.theme, session.status) == ("学习监察法", "draft")


def test_a_second_click_takes_nothing_back(scene, partner):
    session, versions = submitted(scene)
    for _ in range(2):
        partner.post(address("session_joint_take", session), versions)
    session.refresh_from_db()
    assert session.events.filter(kind="withdraw").count() == 1


def test_kept_as_it_is_the_page_says_nothing_more(scene, partner):
    session, versions = submitted(scene)
    partner.post(address("session_joint_keep", session), versions)
    page = partner.get(address("session_detail", session)).content.decode()
    assert "与联学牵头单位的记录不一致" not in page
    session.refresh_from_db()
    assert (session.theme, session.status) == ("学习宪法", "submitted")


def test_the_department_sees_that_they_differ_and_changes_nothing(scene, partner):
    session, versions = submitted(scene)
    auditor = Client()
    auditor.force_login(scene[0]["auditor"])
    page = auditor.get(address("session_detail", session)).content.decode()
    assert "与联学牵头单位的记录不一致" in page
    assert "采用牵头单位的内容" not in page
    assert auditor.post(address("session_joint_take", session), versions).status_code == 403


def test_the_lead_touches_no_record_of_its_partner(scene, partner):
    session, versions = submitted(scene)
    assert scene[1].post(address("session_joint_take", session), versions).status_code == 404


def test_what_the_lead_says_costs_no_query_more(scene, partner):
    session, versions = submitted(scene)
    page = address("session_detail", session)
    partner.get(page)
    with CaptureQueriesContext(connection) as differing:
        partner.get(page)
    partner.post(address("session_joint_keep", session), versions)
    partner.get(page)
    with CaptureQueriesContext(connection) as agreed:
        partner.get(page)
    assert len(differing) == len(agreed)
