"""What a new record starts with."""

import pytest

from sessions.models import AnnualPlan, PlanItem
from sessions.recording.due import due_members
from sessions.recording.starts import blank, copy_session, start_from_plan_item
from sessions.recording.written import Mark
from tests.sessions.recording.make import DAY, make_draft, make_group, people, written

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit():
    return make_group()


def test_everybody_is_taken_as_present_and_the_leader_in_the_chair(unit):
    start = blank(day=DAY, due=due_members(unit, DAY))
    assert start.facts["chair"] == "赵一"
    assert [mark.is_here for mark in start.marks.values()] == [True] * 3


def test_a_plan_item_brings_theme_form_and_speakers(unit):
    plan = AnnualPlan.objects.create(unit=unit, year=2026, title="计划")
    item = PlanItem.objects.create(
        plan=plan, period="2026-03", topic="宪法", form="discussion", speakers="钱二、孙三"
    )
    start = start_from_plan_item(item=item, day=DAY, due=due_members(unit, DAY))
    assert (start.facts["theme"], start.facts["form"]) == ("宪法", "discussion")
    speaking = {name for name, pk in people(unit).items() if start.marks[pk].key}
    assert speaking == {"钱二", "孙三"}


def test_a_copy_says_anew_what_was_studied_and_who_came(unit):
    marks = {"钱二": Mark("absent")}
    source = make_draft(unit, written(unit, marks=marks, place="礼堂", half_days=2))
    copy = copy_session(source=source, day=DAY, due=due_members(unit, DAY))
    assert (copy.facts["place"], copy.facts["half_days"]) == ("礼堂", 2)
    assert copy.facts["content"] == ""
    assert all(mark.is_here for mark in copy.marks.values())
