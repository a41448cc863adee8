"""Studying together: the lead writes, the partner confirms who came."""

from dataclasses import replace
from datetime import timedelta

import pytest

from accounts.models import AuditEvent
from sessions.models import ReviewEvent, StudySession
from sessions.recording.drafts import delete_draft, save_draft
from sessions.recording.due import due_members
from sessions.recording.joint import invite_partners, keep_own, lead_changes, take_over
from sessions.recording.submitting import withdraw
from sessions.recording.written import Mark, written_of
from sessions.services import ReviewError, record_event
from tests.portal.county import make_unit, make_user
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


def correct(lead: StudySession, **facts) -> StudySession:
    """The lead withdraws, writes it differently and submits again."""
    found = StudySession.objects.get(pk=lead.pk)
    withdraw(session=found, at=NOW, by=None)
    said = written_of(found)
    changed = replace(said, facts={**said.facts, **facts})
    found, _names = save_draft(session=found, version=found.version, written=changed)
    hand_in(found)
    return found


def write(partner: StudySession, **facts) -> StudySession:
    said = written_of(partner)
    changed = replace(said, facts={**said.facts, **facts})
    return save_draft(session=partner, version=partner.version, written=changed)[0]


def partner_of(lead: StudySession) -> StudySession:
    return StudySession.objects.select_related("joint_lead", "unit").get(joint_lead=lead)


@pytest.fixture
def user():
    return make_user("partner")


def version_of(session: StudySession) -> int:
    return StudySession.objects.get(pk=session.pk).version


def test_a_correction_reaches_the_partners_draft_and_the_trail(lead):
    hand_in(lead)
    day = lead.date + timedelta(days=1)
    correct(lead, theme="学习监察法", date=day, end_date=day)
    partner = partner_of(lead)
    assert (partner.theme, partner.date) == ("学习监察法", day)
    assert set(partner.joint_taken["carried"]) == {"theme", "date", "end_date"}
    line = AuditEvent.objects.get(action="session.joint_carry")
    assert line.object_id == str(partner.pk)
    assert lead_changes(partner) == []


def test_what_the_partner_wrote_itself_is_not_overwritten_but_shown(lead):
    hand_in(lead)
    write(partner_of(lead), place="分会场")
    correct(lead, place="大礼堂", half_days=2)
    partner = partner_of(lead)
    assert (partner.place, partner.half_days) == ("分会场", 2)
    assert lead_changes(partner) == ["place"]


def test_what_differs_since_the_beginning_is_no_news(lead):
    hand_in(lead)
    write(partner_of(lead), place="分会场")
    assert lead_changes(partner_of(lead)) == []


def test_a_submitted_record_stays_and_takes_over_only_when_asked(lead, user):
    hand_in(lead)
    ready = write_down_all_present(partner_of(lead))
    hand_in(ready)
    correct(lead, theme="学习监察法")
    partner = partner_of(lead)
    assert (partner.theme, partner.status) == ("学习宪法", "submitted")
    assert lead_changes(partner) == ["theme"]
    versions = {"version": partner.version, "lead_version": version_of(lead)}
    take_over(session=partner, at=NOW, by=user, **versions)
    partner = partner_of(lead)
    assert (partner.theme, partner.status) == ("学习监察法", "draft")
    assert partner.attendance.count() == 2
    assert partner.events.latest("id").reason == "采用联学牵头单位修改后的内容"
    hand_in(partner)


def test_an_accepted_record_is_not_taken_back(lead, user):
    hand_in(lead)
    ready = write_down_all_present(partner_of(lead))
    hand_in(ready)
    ready.refresh_from_db()
    record_event(about=ready, kind=ReviewEvent.Kind.ACCEPT, at=NOW)
    correct(lead, theme="学习监察法")
    partner = partner_of(lead)
    versions = {"version": partner.version, "lead_version": version_of(lead)}
    with pytest.raises(ReviewError, match="联系宣传部退回"):
        take_over(session=partner, at=NOW, by=user, **versions)
    keep_own(session=partner, **versions)
    assert lead_changes(partner_of(lead)) == []


def test_a_lead_changed_once_more_is_looked_at_again(lead, user):
    hand_in(lead)
    write(partner_of(lead), theme="本局主题")
    correct(lead, theme="学习监察法")
    partner = partner_of(lead)
    seen = {"version": partner.version, "lead_version": version_of(lead)}
    correct(lead, theme="学习民法典")
    with pytest.raises(ReviewError, match="又有改动"):
        take_over(session=partner, at=NOW, by=user, **seen)


def test_what_the_lead_is_still_writing_is_not_shown(lead):
    hand_in(lead)
    write(partner_of(lead), theme="本局主题")
    withdraw(session=StudySession.objects.get(pk=lead.pk), at=NOW, by=None)
    write(StudySession.objects.get(pk=lead.pk), theme="没写完")
    assert lead_changes(partner_of(lead)) == []


def write_down_all_present(partner: StudySession) -> StudySession:
    said = written_of(partner)
    marks = {each.person_id: Mark() for each in due_members(partner.unit, partner.date)}
    kept = replace(said, marks=marks)
    return save_draft(session=partner, version=partner.version, written=kept)[0]
