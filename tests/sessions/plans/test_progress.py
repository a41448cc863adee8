from datetime import date

import pytest

from sessions.models import Status
from sessions.plans.contents import State
from sessions.plans.progress import lines_of, summary
from tests.portal.county import make_county
from tests.sessions.plans.make import YEAR, link_session, make_plan
from units.models import Assignment

pytestmark = pytest.mark.django_db


@pytest.fixture
def county():
    return make_county()


def acting(county, role):
    return Assignment.objects.select_related("unit").get(user=county[role])


@pytest.mark.parametrize(
    ("status", "form", "done"),
    [
        (Status.DRAFT, "collective", False),
        (Status.SUBMITTED, "collective", True),
        (Status.ACCEPTED, "collective", True),
        (Status.RETURNED, "collective", False),
        (Status.SUBMITTED, "adjacent", False),
    ],
)
def test_a_session_handed_in_carries_the_item_out(county, status, form, done):
    plan = make_plan(county.own)
    link_session(plan.items.get(), status, form=form)
    (line,) = lines_of(plan, acting(county, "clerk"), date(YEAR, 3, 31))
    assert (line.is_done, line.state) == (done, "完成" if done else "计划")


def test_a_mark_by_hand_needs_no_session(county):
    plan = make_plan(county.own)
    plan.items.update(state=State.DONE)
    (line,) = lines_of(plan, acting(county, "clerk"), date(YEAR, 3, 31))
    assert line.is_done
    assert line.is_marked


def test_the_department_does_not_see_drafts_of_sessions(county):
    plan = make_plan(county.own)
    link_session(plan.items.get(), Status.DRAFT)
    (line,) = lines_of(plan, acting(county, "auditor"), date(YEAR, 3, 31))
    assert line.sessions == []


def test_what_is_past_and_not_done_shows(county):
    plan = make_plan(county.own, "03", "Q2", "07")
    plan.items.filter(topic="专题3").update(state=State.POSTPONED)
    lines = lines_of(plan, acting(county, "clerk"), date(YEAR, 6, 30))
    assert [line.state for line in lines] == ["尚未开展", "计划", "延期"]
    assert summary(lines) == "共 3 项：尚未开展 1，计划 1，延期 1"
