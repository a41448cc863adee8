"""Drafts: one a form, no version lost, nothing said that must stay offline."""

from dataclasses import replace
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from sessions.models import Attendance, ReviewEvent, Speech, StudySession
from sessions.recording.drafts import StaleError, delete_draft, open_draft, save_draft
from sessions.recording.findings import NotReadyError
from sessions.recording.submitting import submit, withdraw
from sessions.recording.written import Mark, differences, taking, written_of
from sessions.services import ReviewError, record_event
from tests.sessions.recording.make import (
    DAY,
    NOW,
    hand_in,
    make_draft,
    make_group,
    make_member,
    people,
    written,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit():
    return make_group()


def test_a_form_sent_twice_is_one_record(unit):
    token, what = uuid4(), written(unit)
    first, changed = open_draft(unit=unit, token=token, written=what, by=None)
    second, unchanged = open_draft(unit=unit, token=token, written=what, by=None)
    assert (first.pk, changed, unchanged) == (second.pk, ["new"], [])
    assert StudySession.objects.get().version == 1


def test_the_database_refuses_a_second_record_of_a_form(unit):
    session = make_draft(unit)
    with pytest.raises(IntegrityError), transaction.atomic():
        StudySession.objects.create(
            unit=unit, form_token=session.form_token, date=DAY, end_date=DAY, form="collective"
        )


def test_an_incomplete_draft_is_kept_as_it_is(unit):
    session = make_draft(unit, theme="", content="", place="", chair="")
    assert written_of(session).facts["theme"] == ""
    assert session.attendance.count() == 3


def test_what_is_stored_is_what_was_written(unit):
    marks = {"钱二": Mark("leave", "sick", "住院", "赵一"), "孙三": Mark(key=True, title="体会")}
    what = written(unit, marks=marks, guests_expanded=4)
    assert differences(written_of(make_draft(unit, what)), what) == []


def test_the_later_of_two_versions_is_refused_and_both_are_known(unit):
    session = make_draft(unit)
    save_draft(session=session, version=1, written=written(unit, theme="甲改"))
    mine = written(unit, theme="乙改")
    with pytest.raises(StaleError) as caught:
        save_draft(session=session, version=1, written=mine)
    assert differences(mine, caught.value.stored) == ["theme"]
    assert StudySession.objects.get().theme == "甲改"


def test_saying_the_same_again_is_no_conflict(unit):
    session = make_draft(unit)
    save_draft(session=session, version=1, written=written(unit, theme="甲改"))
    saved, changed = save_draft(session=session, version=1, written=written(unit, theme="甲改"))
    assert (saved.version, changed) == (2, [])


def test_a_submitted_record_is_not_edited(unit):
    session = make_draft(unit)
    hand_in(session)
    with pytest.raises(StaleError):
        save_draft(session=session, version=2, written=written(unit, theme="改"))


def test_one_may_take_parts_of_the_other_version(unit):
    mine = written(unit, theme="我的", marks={"钱二": Mark("absent")})
    theirs = written(unit, theme="他的", place="礼堂")
    ids = people(unit)
    both = taking(mine, theirs, ["theme", "place", f"mark-{ids['孙三']}"])
    assert (both.facts["theme"], both.facts["place"]) == ("他的", "礼堂")
    assert both.marks[ids["钱二"]].status == "absent"


def test_offline_only_keeps_nothing_of_the_content(unit):
    marks = {"赵一": Mark(key=True, title="题目")}
    session = make_draft(unit, written(unit, marks=marks, is_offline_only=True, chair="赵一"))
    assert {session.theme, session.content, session.place, session.chair} == {""}
    assert Speech.objects.get().title == ""


def test_another_date_takes_the_members_of_that_date(unit):
    session = make_draft(unit)
    make_member(unit, "李四", start_date=DAY.replace(month=4))
    unit.people.get(name="孙三").entries.update(end_date=DAY.replace(month=4))
    save_draft(session=session, version=1, written=written(unit, DAY.replace(month=4)))
    names = session.attendance.values_list("member__person__name", flat=True)
    assert sorted(names) == ["李四", "赵一", "钱二"]


def test_a_make_up_outlives_an_edit(unit):
    what = written(unit, marks={"钱二": Mark("absent")})
    session = make_draft(unit, what)
    Attendance.objects.filter(status="absent").update(makeup_date=DAY, makeup_method="briefing")
    save_draft(
        session=session, version=1, written=replace(what, facts={**what.facts, "theme": "改"})
    )
    assert session.attendance.get(status="absent").makeup_date == DAY


def test_several_speeches_from_a_ledger_outlive_an_edit(unit):
    session = make_draft(unit, written(unit, marks={"赵一": Mark(key=True, title="其一")}))
    first = Speech.objects.get()
    Speech.objects.create(session=session, member=first.member, kind="key", title="其二")
    save_draft(
        session=session,
        version=1,
        written=written(unit, theme="改", marks={"赵一": Mark(key=True, title="其一")}),
    )
    assert session.speeches.count() == 2


def test_a_draft_is_deleted_and_a_submitted_record_is_not(unit):
    session = make_draft(unit)
    hand_in(session)
    with pytest.raises(ReviewError, match="只有草稿"):
        delete_draft(session=session)
    withdraw(session=StudySession.objects.get(), at=NOW, by=None)
    delete_draft(session=session)
    assert not StudySession.objects.exists()


def test_what_the_department_dealt_with_is_never_deleted(unit):
    session = make_draft(unit)
    for kind, reason in [("submit", ""), ("return", "缺发言"), ("submit", ""), ("withdraw", "")]:
        record_event(about=session, kind=ReviewEvent.Kind(kind), at=NOW, reason=reason)
    with pytest.raises(ReviewError, match="宣传部办理过"):
        delete_draft(session=session)


@pytest.mark.parametrize("sent_back", [True, False])
def test_what_the_units_approver_dealt_with_is_kept_and_nobody_else_is_named(unit, sent_back):
    session = make_draft(unit)
    record_event(about=session, kind=ReviewEvent.Kind.SUBMIT, at=NOW)
    StudySession.objects.update(awaits_approval=True)
    session.refresh_from_db()
    if sent_back:
        record_event(about=session, kind=ReviewEvent.Kind.RETURN, at=NOW, reason="缺发言")
        record_event(about=session, kind=ReviewEvent.Kind.SUBMIT, at=NOW)
    else:
        record_event(about=session, kind=ReviewEvent.Kind.APPROVE, at=NOW)
    record_event(about=session, kind=ReviewEvent.Kind.WITHDRAW, at=NOW)
    with pytest.raises(ReviewError, match="本单位审核领导办理过"):
        delete_draft(session=session)


def test_a_reviewed_record_is_not_withdrawn(unit):
    session = make_draft(unit)
    hand_in(session)
    session.refresh_from_db()
    record_event(about=session, kind=ReviewEvent.Kind.ACCEPT, at=NOW)
    with pytest.raises(ReviewError, match="不能撤回"):
        withdraw(session=session, at=NOW, by=None)


def test_a_record_is_submitted_once(unit):
    session = make_draft(unit)
    hand_in(session)
    with pytest.raises(ReviewError):
        submit(session=session, at=NOW, by=None, declared=True, counts=(3, 3))
    assert session.events.count() == 1


@pytest.mark.parametrize(
    ("facts", "marks", "field"),
    [
        ({"theme": "机密★10年"}, {}, "theme"),
        ({"content": "密级：秘密"}, {}, "content"),
        ({}, {"赵一": Mark(key=True, title="机密★")}, "speeches"),
    ],
)
def test_the_mark_of_a_classified_paper_is_not_even_kept_in_a_draft(unit, facts, marks, field):
    with pytest.raises(NotReadyError) as caught:
        make_draft(unit, written(unit, marks=marks, **facts))
    assert [each.field for each in caught.value.findings] == [field]
    assert not StudySession.objects.exists()
