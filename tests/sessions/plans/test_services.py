from datetime import timedelta

import pytest

from sessions.history import IncompleteError, StaleVersionError, history_of
from sessions.models import AnnualPlan, PlanItem, Status
from sessions.plans.contents import State, content_of
from sessions.plans.services import (
    create_plan,
    is_adjusted,
    mark_item,
    save_plan,
    submit_plan,
    withdraw_plan,
)
from sessions.services import ReviewError, record_event
from sessions.signals import records_changed
from tests.portal.county import make_county
from tests.sessions.plans.make import (
    YEAR,
    Kind,
    file_plan,
    make_content,
    make_item,
    make_plan,
    now,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def county():
    return make_county()


def submitted_on(plan):
    return plan.events.filter(kind=Kind.SUBMIT).order_by("id").first().on


def test_a_second_click_finds_the_first_plan(county):
    given = {"unit": county.own, "year": YEAR, "title": "学习计划", "by": county["clerk"]}
    first, is_new = create_plan(**given)
    assert (create_plan(**given), is_new) == ((first, False), True)


def test_a_copy_moves_last_years_items_and_leaves_cancelled_ones(county):
    old = make_plan(county.own, "03", "Q2", "09", year=YEAR - 1)
    old.items.filter(topic="专题1").update(state=State.CANCELLED)
    old.items.filter(topic="专题2").update(state=State.DONE, note="已完成")
    plan, _ = create_plan(
        unit=county.own, year=YEAR, title="学习计划", by=county["clerk"], copy=old
    )
    assert list(plan.items.values_list("period", "topic", "state", "note")) == [
        (f"{YEAR}-Q2", "专题2", State.PLANNED, ""),
        (f"{YEAR}-09", "专题3", State.PLANNED, ""),
    ]


def test_saving_keeps_known_items_adds_new_ones_and_drops_the_rest(county):
    plan = make_plan(county.own, "03", "04")
    first, second = plan.items.all()
    content = make_content(make_item("05", "新增"), make_item("04", "改写", pk=second.pk))
    save_plan(plan=plan, version=1, content=content, at=now())
    assert [item.topic for item in plan.items.all()] == ["新增", "改写"]
    assert plan.items.filter(pk=second.pk).exists()
    assert not PlanItem.objects.filter(pk=first.pk).exists()


def test_an_older_version_overwrites_nothing(county):
    plan = make_plan(county.own)
    save_plan(plan=plan, version=1, content=make_content(make_item("05", "先存")), at=now())
    with pytest.raises(StaleVersionError):
        save_plan(plan=plan, version=1, content=make_content(make_item("06", "后存")), at=now())
    assert [item.topic for item in content_of(plan).items] == ["先存"]


def test_a_submitted_plan_cannot_be_written(county):
    plan = make_plan(county.own, status=Status.SUBMITTED)
    with pytest.raises(StaleVersionError):
        save_plan(plan=plan, version=1, content=make_content(), at=now())


def test_reports_hear_of_a_saved_plan(county):
    heard: list[tuple[set[int], set[int]]] = []

    def listen(sender, unit_ids, years, **kwargs):
        heard.append((unit_ids, years))

    records_changed.connect(listen)
    try:
        save_plan(plan=make_plan(county.own), version=1, content=make_content(), at=now())
    finally:
        records_changed.disconnect(listen)
    assert heard == [({county.own.pk}, {YEAR})]


def test_an_adjusted_plan_is_filed_again_under_its_first_date(county):
    plan = file_plan(make_plan(county.own))
    first = submitted_on(plan)
    assert not is_adjusted(plan, history_of(plan))
    later = now() + timedelta(days=40)
    save_plan(plan=plan, version=plan.version, content=make_content(make_item()), at=later)
    assert is_adjusted(plan, history_of(plan))
    submit_plan(plan=plan, at=later, by=county["clerk"])
    record_event(about=plan, kind=Kind.FILE, at=later)
    assert (plan.status, submitted_on(plan)) == (Status.FILED, first)
    assert not is_adjusted(plan, history_of(plan))
    assert not plan.events.filter(kind=Kind.WITHDRAW).exists()


def test_a_filed_plan_without_a_change_is_not_submitted_again(county):
    plan = file_plan(make_plan(county.own))
    with pytest.raises(ReviewError, match="没有改动"):
        submit_plan(plan=plan, at=now(), by=county["clerk"])


def test_an_unapproved_plan_is_not_submitted(county):
    plan = make_plan(county.own, approved_by="")
    with pytest.raises(IncompleteError, match="审定人"):
        submit_plan(plan=plan, at=now(), by=county["clerk"])
    assert AnnualPlan.objects.get().status == Status.DRAFT


def test_a_plan_once_filed_is_not_withdrawn(county):
    plan = file_plan(make_plan(county.own))
    save_plan(plan=plan, version=plan.version, content=make_content(make_item()), at=now())
    submit_plan(plan=plan, at=now(), by=county["clerk"])
    with pytest.raises(ReviewError, match="失去原报送日期"):
        withdraw_plan(plan=plan, at=now(), by=county["clerk"])


def test_a_mark_by_hand_outlives_a_form_opened_before(county):
    plan = file_plan(make_plan(county.own))
    version = plan.version
    mark_item(item=plan.items.select_related("plan").get(), done=True)
    with pytest.raises(StaleVersionError):
        save_plan(plan=plan, version=version, content=make_content(make_item()), at=now())
    plan.refresh_from_db()
    assert not is_adjusted(plan, history_of(plan))


@pytest.mark.parametrize(("note", "state"), [("", State.PLANNED), ("延至六月", State.ADJUSTED)])
def test_taking_a_mark_back(county, note, state):
    plan = file_plan(make_plan(county.own))
    plan.items.update(state=State.DONE, note=note)
    item = plan.items.select_related("plan").get()
    mark_item(item=item, done=False)
    assert item.state == state


def test_items_of_a_draft_are_not_marked(county):
    item = make_plan(county.own).items.select_related("plan").get()
    with pytest.raises(ReviewError, match="草稿"):
        mark_item(item=item, done=True)
