import datetime as dt

import pytest

from reports.models import RuleSet, TurnCheck
from reports.rule_sets import create_default
from reports.turn.services import confirm_step, copy_plans, copy_rule_sets
from sessions.models import AnnualPlan, PlanItem, Status
from tests.portal.county import make_user
from tests.reports.records import make_root, make_rules, make_unit
from tests.reports.turn.make import NOW, YEAR, make_plan
from units.models import Category

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin():
    return make_user("admin")


def test_plans_become_drafts_of_the_next_year_once(admin):
    units = [make_unit(f"QS0{number}") for number in range(1, 5)]
    for unit in units:
        make_plan(unit, YEAR, "学习宪法", "学习党章")
    PlanItem.objects.filter(plan__unit=units[0], topic="学习党章").update(state="cancelled")
    own = make_plan(units[1], YEAR + 1, "自己写的")
    units[2].abolished_on = dt.date(2027, 1, 1)
    units[2].save()
    first = copy_plans(root=make_root(), year=YEAR, by=admin, limit=1)
    assert (first.codes, first.left) == (("QS01",), 1)
    assert copy_plans(root=make_root(), year=YEAR, by=admin).codes == ("QS04",)
    assert copy_plans(root=make_root(), year=YEAR, by=admin).codes == ()
    draft = AnnualPlan.objects.get(unit=units[0], year=YEAR + 1)
    assert (draft.status, draft.created_by) == (Status.DRAFT, admin)
    assert [(item.topic, item.period) for item in draft.items.all()] == [("学习宪法", "2027-03")]
    assert own.items.get().topic == "自己写的"


def test_the_set_in_force_at_the_years_end_is_copied_for_each_audience():
    township = Category.objects.create(code="township", name="乡镇")
    unit, gone = make_unit("QS01"), make_unit("QS02", abolished_on="2026-10-01")
    make_rules(title="2026年考核规则")
    make_rules(title="2026年考核规则", effective="2026-07-01", min_speakers=3)
    make_rules(title="乡镇规则", categories=[township])
    make_rules(title="例外", unit=unit)
    make_rules(title="已撤单位", unit=gone)
    drafts = copy_rule_sets(root=make_root(), year=YEAR)
    told = {(one.title, one.unit_id, one.min_speakers) for one in drafts}
    assert told == {("2027年考核规则", None, 3), ("乡镇规则", None, 2), ("例外", unit.pk, 2)}
    assert {one.published_at for one in drafts} == {None}
    assert {one.effective_from for one in drafts} == {dt.date(2027, 1, 1)}
    assert copy_rule_sets(root=make_root(), year=YEAR) == []


def test_an_audience_that_has_a_set_for_next_year_is_left_alone():
    make_rules()
    create_default(year=YEAR + 1, title="新规则")
    assert copy_rule_sets(root=make_root(), year=YEAR) == []
    assert RuleSet.objects.count() == 2


def test_due_dates_of_a_copied_set_move_along():
    make_rules()
    (draft,) = copy_rule_sets(root=make_root(), year=YEAR)
    assert draft.rules.get(key="plan_filed").parameters["due"] == "2027-01-31"


def test_a_step_is_looked_through_once(admin):
    asked = {"root": make_root(), "year": YEAR, "step": "roster", "at": NOW, "by": admin}
    check, is_new = confirm_step(note="已核对", **asked)
    assert (is_new, check.note) == (True, "已核对")
    assert confirm_step(note="又一次", **asked) == (check, False)
    assert TurnCheck.objects.get().note == "已核对"
