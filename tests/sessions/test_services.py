from datetime import UTC, date, datetime

import pytest

from sessions.models import AnnualPlan, Form, ReviewEvent, Status, StudySession
from sessions.services import ReviewError, record_event
from sessions.signals import records_changed
from units.models import Category, Unit

pytestmark = pytest.mark.django_db

Kind = ReviewEvent.Kind
# Half past midnight in Shanghai, still the day before in UTC.
NOW = datetime(2026, 3, 5, 16, 30, tzinfo=UTC)


def make_unit() -> Unit:
    category = Category.objects.create(code="township", name="乡镇")
    return Unit.objects.create(
        code="QS001", category=category, party_body="committee", path="QS001/"
    )


def make_session(**changes) -> StudySession:
    day = date(2026, 3, 4)
    values = {"date": day, "end_date": day, "form": Form.COLLECTIVE, "theme": "学习宪法"} | changes
    return StudySession.objects.create(unit=make_unit(), **values)


def test_a_step_is_dated_with_the_local_day():
    event = record_event(about=make_session(), kind=Kind.SUBMIT, at=NOW)
    assert event.on == date(2026, 3, 6)


def test_steps_move_the_status_along():
    session = make_session()
    for kind, reason in [("submit", ""), ("return", "缺会议记录"), ("submit", ""), ("accept", "")]:
        record_event(about=session, kind=Kind(kind), at=NOW, reason=reason)
    assert session.status == Status.ACCEPTED
    assert session.version == 5
    assert session.events.count() == 4


@pytest.mark.parametrize(
    ("status", "kind"), [("draft", "accept"), ("accepted", "submit"), ("returned", "file")]
)
def test_a_step_that_does_not_fit_is_refused(status, kind):
    session = make_session(status=status)
    with pytest.raises(ReviewError, match="不能"):
        record_event(about=session, kind=Kind(kind), at=NOW)
    assert not session.events.exists()


def test_a_return_needs_a_reason():
    with pytest.raises(ReviewError, match="原因"):
        record_event(about=make_session(status="submitted"), kind=Kind.RETURN, at=NOW, reason=" ")


def test_two_people_cannot_take_the_same_step():
    session = make_session(status="submitted")
    other = StudySession.objects.get(pk=session.pk)
    record_event(about=session, kind=Kind.ACCEPT, at=NOW)
    with pytest.raises(ReviewError, match="他人"):
        record_event(about=other, kind=Kind.RETURN, at=NOW, reason="缺会议记录")


def test_a_filed_plan_may_be_submitted_again_with_adjustments():
    plan = AnnualPlan.objects.create(unit=make_unit(), year=2026, title="计划", status="filed")
    record_event(about=plan, kind=Kind.SUBMIT, at=NOW)
    assert plan.status == Status.SUBMITTED


def test_reports_hear_whose_records_of_which_year_changed():
    heard: list[tuple[set[int], set[int]]] = []

    def listen(sender, unit_ids, years, **kwargs):
        heard.append((unit_ids, years))

    session = make_session()
    records_changed.connect(listen)
    try:
        record_event(about=session, kind=Kind.SUBMIT, at=NOW)
    finally:
        records_changed.disconnect(listen)
    assert heard == [({session.unit_id}, {2026})]
