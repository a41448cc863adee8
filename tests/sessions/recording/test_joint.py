"""Studying together: the lead writes, the partner confirms who came."""

import pytest

from sessions.models import StudySession
from sessions.recording.drafts import delete_draft
from sessions.recording.joint import invite_partners
from sessions.recording.submitting import withdraw
from tests.portal.county import make_unit
from tests.sessions.recording.make import NOW, hand_in, make_draft, make_group

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead():
    partner = make_group(make_unit("QS200", "青石县丁局"), ("周甲", "吴乙"))
    session = make_draft(make_group(), guests_expanded=5)
    session.joint_units.add(partner)
    return session


def test_the_partner_gets_a_draft_with_the_shared_facts_and_nobody_in_it(lead):
    hand_in(lead)
    draft = lead.joint_partners.get()
    assert (draft.status, draft.theme, draft.place) == ("draft", lead.theme, lead.place)
    assert draft.guests == 0
    assert not draft.attendance.exists()


def test_submitting_again_gives_no_second_draft(lead):
    hand_in(lead)
    withdraw(session=StudySession.objects.get(pk=lead.pk), at=NOW, by=None)
    hand_in(lead)
    assert lead.joint_partners.count() == 1


def test_a_partner_invites_nobody(lead):
    hand_in(lead)
    draft = lead.joint_partners.get()
    draft.joint_units.add(make_unit("QS300", "青石县戊局"))
    assert invite_partners(lead=draft, by=None) == []


def test_a_lead_deleted_leaves_the_partners_record(lead):
    hand_in(lead)
    withdraw(session=StudySession.objects.get(pk=lead.pk), at=NOW, by=None)
    delete_draft(session=lead)
    assert StudySession.objects.get().joint_lead is None
