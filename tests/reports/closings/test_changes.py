"""What is listed as changed since a closing, and what is not."""

import datetime as dt

import pytest

from reports.closing import close_month, closed_evaluations
from reports.closings.changes import Difference, differences_since
from reports.models import Closing
from reports.periods import Month
from sessions.models import Attendance, StudySession
from tests.reports.records import at, make_root, make_rules, make_session, make_unit, review
from units.models import Unit

pytestmark = pytest.mark.django_db
MARCH = Month(2026, 3)


@pytest.fixture
def closing():
    make_rules()
    make_session(make_unit(), "2026-03-05", theme="理论学习")
    make_unit("QS02")
    return close_month(root=make_root(), month=MARCH, at=at("2026-04-08"), by=None)


def since(closing: Closing) -> list[Difference]:
    return list(differences_since(closing, today=dt.date(2026, 5, 20)))


def session() -> StudySession:
    return StudySession.objects.get(theme="理论学习")


def report_again() -> None:
    review(session(), "return", "2026-04-10")
    review(session(), "submit", "2026-04-11")


def test_nothing_changed_and_time_alone_make_no_difference(closing):
    assert since(closing) == []
    make_session(session().unit, "2026-04-10")
    assert since(closing) == []


def test_a_session_reported_late_is_marked_and_alters_nothing_stored(closing):
    kept = list(closed_evaluations(closing))
    late = make_session(session().unit, "2026-03-20", steps=[], theme="迟到的")
    assert since(closing) == []
    review(late, "submit", "2026-04-20")
    (found,) = since(closing)
    assert found.before is not None
    assert found.after is not None
    assert (found.before.sessions, found.after.sessions) == (1, 2)
    assert [(one.id, one.late, one.words) for one in found.sessions] == [
        (late.pk, True, "封账后报送")
    ]
    assert list(closed_evaluations(closing)) == kept


def test_one_reported_between_the_last_day_and_the_closing_is_no_late_entry(closing):
    early = make_session(session().unit, "2026-03-31", steps=[])
    review(early, "submit", "2026-04-02")
    (found,) = since(closing)
    assert [(one.late, one.words[:6]) for one in found.sessions] == [(False, "截至日之后、")]


def test_a_correction_says_what_was_and_is(closing):
    StudySession.objects.update(half_days=2, place="会议室")
    Attendance.objects.filter(member__role="leader").update(status="absent")
    report_again()
    (found,) = since(closing)
    (change,) = found.sessions
    assert change.late
    assert change.words == "半天数 1 → 2；实到 3 → 2；缺席 0 → 1；修改了地点"


def test_a_confirmed_makeup_is_a_change_but_no_late_entry(closing):
    Attendance.objects.filter(member__role="leader").update(status="absent")
    closing = close_month(
        root=Unit.objects.get(code="QS01"), month=MARCH, at=at("2026-04-08"), by=None
    )
    Attendance.objects.filter(status="absent").update(
        makeup_date="2026-04-12", makeup_confirmed_on="2026-04-13"
    )
    (found,) = since(closing)
    assert [(one.late, one.words) for one in found.sessions] == [(False, "补学 0 → 1")]


def test_a_withdrawn_or_deleted_session_is_listed_as_it_was(closing):
    gone = session().pk
    session().delete()
    (found,) = since(closing)
    assert found.after is not None
    assert found.after.sessions == 0
    assert [(one.id, one.theme, one.words) for one in found.sessions] == [
        (gone, "理论学习", "封账后撤回或删除")
    ]


def test_acceptance_alone_is_no_change_where_it_changes_no_figure(closing):
    review(session(), "accept", "2026-04-20")
    assert since(closing) == []


def test_acceptance_is_not_told_beside_what_did_change(closing):
    StudySession.objects.update(half_days=2)
    review(session(), "accept", "2026-04-20")
    (found,) = since(closing)
    assert [one.words for one in found.sessions] == ["半天数 1 → 2"]


def test_acceptance_is_listed_where_only_accepted_sessions_count(closing):
    make_rules(title="只计已审核", effective="2026-01-02", counted_statuses=["accepted"])
    unit = Unit.objects.get(code="QS01")
    strict = close_month(root=unit, month=MARCH, at=at("2026-04-08"), by=None)
    review(session(), "accept", "2026-04-20")
    (found,) = since(strict)
    assert [one.words for one in found.sessions] == ["审核状态 已报送 → 已审核"]


def test_units_that_came_or_went_are_listed(closing):
    Unit.objects.filter(code="QS02").update(abolished_on="2025-12-01")
    new = make_unit("QS03")
    came, went = since(closing)
    assert (came.unit_id, came.before) == (new.pk, None)
    assert (Unit.objects.get(pk=went.unit_id).code, went.after) == ("QS02", None)


def test_the_number_of_queries_is_fixed(closing, django_assert_num_queries):
    for number in range(3, 9):
        make_session(make_unit(f"QS0{number}"), "2026-03-05")
    with django_assert_num_queries(11):
        assert len(since(closing)) == 6
