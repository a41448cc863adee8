"""Two people at one record: both versions are shown, and nothing is lost."""

import pytest
from django.urls import reverse

from sessions.models import StudySession
from sessions.recording.imprint import imprint
from sessions.recording.written import written_of
from tests.sessions.pages.make import answers, scene
from tests.sessions.recording.make import DAY, make_draft, people

__all__ = ["scene"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(scene):
    """A draft of version 2 that somebody opened when it was version 1."""
    county, client = scene
    session = make_draft(county.own)
    address = reverse("session_edit", kwargs={"pk": session.pk})
    absent = {f"attendance-{people(county.own)['钱二']}": "absent"}
    client.post(address, answers(county.own, DAY, theme="甲的主题", **absent))
    return county.own, client, address


def mine(unit, **changes):
    return answers(unit, DAY, theme="乙的主题", place="礼堂", **changes)


def test_the_second_sees_both_versions_field_by_field(desk):
    unit, client, address = desk
    answer = client.post(address, mine(unit))
    page = answer.content.decode()
    assert answer.status_code == 409
    for words in ("甲的主题", "乙的主题", "会议室", "礼堂", "钱二", "缺席"):
        assert words in page
    assert "主持人</th>" not in page
    assert StudySession.objects.get().theme == "甲的主题"


def test_what_was_chosen_is_saved(desk):
    unit, client, address = desk
    person = people(unit)["钱二"]
    chosen = {"keep-theme": "theirs", "keep-place": "mine", f"keep-mark-{person}": "theirs"}
    client.post(address, mine(unit, version="2", **chosen))
    session = StudySession.objects.get()
    assert (session.theme, session.place) == ("甲的主题", "礼堂")
    assert session.attendance.get(status="absent").member.person_id == person


def test_a_third_version_meanwhile_is_shown_again(desk):
    unit, client, address = desk
    client.post(address, answers(unit, DAY, theme="丙的主题", version="2"))
    answer = client.post(address, mine(unit, version="2", **{"keep-theme": "theirs"}))
    assert answer.status_code == 409


def test_a_draft_keeping_itself_overwrites_nobody(desk):
    unit, client, address = desk
    answer = client.post(address, mine(unit, autosave="1"))
    assert answer.status_code == 409
    assert "对照两个版本" in answer.json()["message"]
    assert StudySession.objects.get().theme == "甲的主题"


def test_after_submission_both_versions_are_shown_and_none_can_be_chosen(desk):
    unit, client, address = desk
    person = people(unit)["钱二"]
    absent = {f"attendance-{person}": "absent", "counts": "3/2"}
    client.post(address, answers(unit, DAY, version="2", then="submit", **absent))
    page = client.post(address, mine(unit, version="2")).content.decode()
    assert "不能再修改" in page
    assert "乙的主题" in page
    assert "按所选保存" not in page


def test_a_form_sent_with_a_fault_stays_of_the_version_it_was_opened_from(desk):
    unit, client, address = desk
    for change in ({"date": "三月"}, {"members": "1"}):
        page = client.post(address, mine(unit, **change)).content.decode()
        assert '<input type="hidden" name="version" value="1">' in page


def test_what_each_side_changed_is_proposed(scene):
    county, client = scene
    session = make_draft(county.own)
    opened = imprint(written_of(session))
    address = reverse("session_edit", kwargs={"pk": session.pk})
    client.post(address, answers(county.own, DAY, theme="甲", chair="甲的"))
    sent = answers(county.own, DAY, place="礼堂", chair="乙的", imprint=opened)
    choices = {each.name: each for each in client.post(address, sent).context["choices"]}
    assert [name for name, each in choices.items() if each.prefers_mine] == ["place", "chair"]
    assert [name for name, each in choices.items() if each.is_disputed] == ["chair"]
