import pytest

from sessions.plans.checks import faults, warnings
from sessions.plans.contents import State
from tests.sessions.plans.make import make_content, make_item

MONTHS = [f"{month:02d}" for month in range(1, 13)]


def full_year(**changes):
    """An item a month, a discussion with speakers in every quarter; changes by month."""
    items = []
    for month in MONTHS:
        discussion = month in ("02", "05", "08", "11")
        values = {"is_discussion": discussion, "speakers": "甲、乙" if discussion else ""}
        items.append(make_item(month, f"专题{month}", **(values | changes.get(f"m{month}", {}))))
    return items


def test_a_full_year_gives_no_warning():
    assert warnings(make_content(*full_year())) == []


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"m08": {"is_discussion": False}}, "第三季度没有安排集体研讨"),
        ({"m02": {"speakers": ""}}, "“专题02”没有写明重点发言人"),
        ({"m06": {"state": State.CANCELLED}}, "6月没有安排学习"),
    ],
)
def test_what_is_usual_and_missing_is_said(changes, words):
    (found,) = warnings(make_content(*full_year(**changes)))
    assert words in found


def test_an_item_of_the_quarter_stands_for_one_month():
    items = [item for item in full_year() if not item.period.endswith(("-04", "-06"))]
    quarter = make_item("Q2", "季度专题")
    (found,) = warnings(make_content(*items, quarter))
    assert "4月、6月没有单独安排" in found
    assert warnings(make_content(*items, quarter, quarter)) == []


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (make_content(), "还没有学习项目"),
        (make_content(make_item(state=State.CANCELLED)), "还没有学习项目"),
        (make_content(make_item(), approved_by=""), "审定人"),
        (make_content(make_item(), approved_on=None), "审定日期"),
    ],
)
def test_what_keeps_a_plan_from_being_submitted(content, words):
    (found,) = faults(content)
    assert words in found


def test_an_approved_plan_with_an_item_may_be_submitted():
    assert faults(make_content(make_item())) == []


def test_the_form_of_a_discussion_says_so_without_the_tick():
    items = full_year(m08={"is_discussion": False, "form": "discussion", "speakers": "甲、乙"})
    assert warnings(make_content(*items)) == []
