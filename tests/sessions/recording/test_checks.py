"""Every check fires on what it is about, at the field it is about, and on nothing else."""

import re
from datetime import date, timedelta

import pytest

from sessions.models import Attendance, Evidence, Speech, StudySession, Topic
from sessions.recording.findings import NotReadyError
from sessions.recording.terms import Terms, YearTerms
from sessions.recording.written import Mark
from sessions.signals import terms_asked
from tests.sessions.recording.make import (
    DAY,
    NOW,
    hand_in,
    later,
    make_draft,
    make_group,
    make_member,
    written,
)

pytestmark = pytest.mark.django_db

TODAY = NOW.date()
SPOKE = Mark(key=True)


@pytest.fixture
def unit():
    return make_group()


def refused(session: StudySession, **changes) -> list[tuple[str, str]]:
    with pytest.raises(NotReadyError) as caught:
        hand_in(session, **changes)
    session.refresh_from_db()
    assert session.status == "draft"
    return [(each.field, each.text) for each in caught.value.findings]


def test_a_complete_record_is_submitted_without_a_word(unit):
    session = make_draft(unit)
    assert hand_in(session) == []
    session.refresh_from_db()
    assert session.status == "submitted"


@pytest.mark.parametrize(
    ("facts", "field", "words"),
    [
        ({"theme": ""}, "theme", "学习主题"),
        ({"place": ""}, "place", "地点"),
        ({"chair": ""}, "chair", "主持人"),
        ({"content": ""}, "content", "学了什么"),
        ({"is_offline_only": True}, "archive_place", "纸质档案"),
        ({"end_date": TODAY + timedelta(1)}, "half_days", "2026年3月6日才结束"),
        ({"half_days": 3}, "half_days", "1 天最多 2 个半天，填了 3 个"),
    ],
)
def test_what_is_missing_or_implausible_is_said_at_its_field(unit, facts, field, words):
    ((where, text),) = refused(make_draft(unit, **facts))
    assert where == field
    assert words in text


@pytest.mark.parametrize(
    ("mark", "is_asked"),
    [
        (Mark(), False),
        (Mark(status="late"), False),
        (Mark(status="absent"), True),
        (Mark(status="leave", leave_kind="official_trip"), True),
    ],
)
def test_a_chair_who_is_not_there_is_asked_about_once(unit, mark, is_asked):
    session = make_draft(unit, written(unit, marks={"赵一": mark}, chair="赵一"))
    if is_asked:
        assert refused(session) == [("chair", "主持人赵一登记为没有出席，请核对主持人和出勤。")]
    assert hand_in(session, warnings_accepted=is_asked) == []


def test_a_chair_from_outside_is_not_asked_about(unit):
    assert hand_in(make_draft(unit, chair="李四")) == []


def test_no_file_stays_with_a_session_that_must_stay_offline(unit):
    session = make_draft(unit, is_offline_only=True, archive_place="机要室")
    piece = {"session": session, "kind": "minutes", "on": DAY, "checked": "clean"}
    Evidence.objects.create(**piece, name="会议记录（纸质，已归档）", file="")
    file = Evidence.objects.create(**piece, name="某某会议精神.pdf", file="evidence/1.pdf")
    ((where, text),) = refused(session)
    assert (where, "移除" in text) == ("evidence", True)
    file.delete()
    assert hand_in(session) == []


def test_a_topic_says_enough_of_the_content(unit):
    session = make_draft(unit, content="")
    topic = Topic.objects.create(
        name="全会精神", level="central", content_group=1, from_date=DAY, due=date(2026, 6, 30)
    )
    session.topics.add(topic)
    assert hand_in(session) == []


def test_nothing_is_due_on_a_day_to_come(unit):
    tomorrow = TODAY + timedelta(1)
    found = refused(make_draft(unit, written(unit, tomorrow)))
    assert [where for where, _ in found] == ["date"]


@pytest.mark.parametrize(
    ("life", "is_refused"),
    [
        ({"established_on": DAY}, False),
        ({"established_on": DAY + timedelta(1)}, True),
        ({"abolished_on": DAY + timedelta(1)}, False),
        ({"abolished_on": DAY}, True),
    ],
)
def test_a_unit_studies_while_it_lives(unit, life, is_refused):
    for name, value in life.items():
        setattr(unit, name, value)
    unit.save()
    session = make_draft(unit)
    if is_refused:
        assert [where for where, _ in refused(session)] == ["date"]
    else:
        assert hand_in(session) == []


def test_one_row_too_few_names_who_is_missing(unit):
    session = make_draft(unit)
    make_member(unit, "李四")
    ((where, text),) = refused(session, counts=(4, 3))
    assert where == "attendance"
    assert text == "应到 4 人，已登记 3 人：缺 李四。"


def test_one_row_too_many_names_who_is_not_due(unit):
    session = make_draft(unit)
    unit.people.get(name="孙三").entries.update(end_date=DAY)
    ((where, text),) = refused(session, counts=(2, 2))
    assert where == "attendance"
    assert text == "应到 2 人，已登记 3 人：多出 孙三，当天不在任。"


def test_two_terms_of_one_person_are_one_person(unit):
    make_member(unit, "孙三", "deputy", rank_order=9)
    assert hand_in(make_draft(unit)) == []


def test_nobody_due_asks_for_the_roster(unit):
    unit_without = make_group(unit, ())
    session = make_draft(unit_without, written(unit, date(2019, 3, 4)))
    assert ("attendance", "这一天名册中没有应到成员，请先登记名册。") in refused(session)


def test_somebody_must_have_been_there(unit):
    marks = dict.fromkeys(("赵一", "钱二", "孙三"), Mark("absent"))
    ((where, _),) = refused(make_draft(unit, written(unit, marks=marks)))
    assert where == "attendance"


def test_only_somebody_present_can_speak(unit):
    marks = {"钱二": Mark("leave", "sick", key=True), "孙三": Mark("late", exchange=True)}
    ((where, text),) = refused(make_draft(unit, written(unit, marks=marks)))
    assert (where, text) == ("speeches", "钱二没有出席，不能登记发言。")


@pytest.mark.parametrize("form", ["discussion", "reading_class"])
def test_a_discussion_of_one_says_what_it_will_count_as(unit, form):
    session = make_draft(unit, written(unit, marks={"赵一": SPOKE}, form=form))
    ((where, text),) = refused(session)
    assert where == "speeches"
    assert re.search("至少要有 2 位成员发言，现有 1 位：本次只计为集中学习", text)
    assert hand_in(session, warnings_accepted=True) == []


def test_a_discussion_of_two_needs_no_warning(unit):
    marks = {"赵一": SPOKE, "钱二": Mark(exchange=True)}
    assert hand_in(make_draft(unit, written(unit, marks=marks, form="discussion"))) == []


def test_the_same_theme_on_the_same_day_is_asked_about(unit):
    hand_in(make_draft(unit))
    ((where, text),) = refused(make_draft(unit))
    assert where == "theme"
    assert "重复登记" in text


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"declared": False}, "declared"),
        ({"counts": None}, "counts"),
        ({"counts": (3, 2)}, "counts"),
    ],
)
def test_what_must_be_confirmed_each_time(unit, changes, field):
    assert [where for where, _ in refused(make_draft(unit), **changes)] == [field]


def test_the_countys_terms_decide_on_speakers_lateness_and_closing(unit):
    class Answer(YearTerms):
        def of(self, first_day, last_day):
            return Terms(min_speakers=1, report_by=DAY, is_closed=True)

    def told(sender, **asked):
        return Answer()

    terms_asked.connect(told)
    session = make_draft(unit, written(unit, marks={"赵一": SPOKE}, form="discussion"))
    try:
        notices = [each.text for each in hand_in(session, at=later(1))]
    finally:
        terms_asked.disconnect(told)
    assert notices == ["应在2026年3月4日前报送，本次按迟报记。", "所在月份已封账，本次按补录记。"]


def test_rows_that_came_by_another_way_are_checked_too(unit):
    session = make_draft(unit)
    row = session.attendance.get(member__person__name="孙三")
    Attendance.objects.filter(pk=row.pk).update(status="absent")
    Speech.objects.create(session=session, member=row.member, kind="key")
    assert [where for where, _ in refused(session)] == ["speeches"]
