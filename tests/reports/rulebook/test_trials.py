"""A draft tried on real records: the same answers as after publishing, and nothing stored."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from benchmarks.county import Province
from reports.evaluation import evaluate
from reports.models import Evaluation, RuleSet, UnitMonth
from reports.rule_sets import change_draft, publish
from reports.rulebook.trials import views
from reports.rulebook.trials.trial import TooManyUnitsError, try_on
from reports.rules.defaults import default_rule_set
from reports.rules.facts import RuleFacts
from reports.rules.results import UnitEvaluation
from tests.portal.county import make_county
from tests.reports.records import YEAR, at, make_rules, make_session, make_unit
from tests.reports.rulebook.make import browser_of, make_draft
from units.models import Unit

JUNE = dt.date(YEAR, 6, 30)
MANY = 10_000


def make_stricter(**values) -> RuleSet:
    """A draft that asks for two sessions a month."""
    draft = make_draft(**values)
    return change_draft(rule_set=draft, changes={}, rules=rules_with(monthly=2))


def rules_with(*, monthly: int, **disabled: bool) -> list[RuleFacts]:
    return [
        RuleFacts(
            key=rule.key,
            enabled=rule.enabled and not disabled.get(rule.key, False),
            severity=rule.severity,
            params={**rule.params, "required": monthly}
            if rule.key == "monthly_sessions"
            else rule.params,
        )
        for rule in default_rule_set(YEAR).rules
    ]


def answers(as_of: dt.date) -> dict[int, UnitEvaluation]:
    return {one.unit_id: one.evaluation for one in evaluate(Unit.objects.all(), as_of)}


@pytest.mark.once  # both sides read the same rows
class Equality(TestCase):
    """Whatever a draft says: what the trial tells is what publishing brings."""

    @settings(max_examples=12)
    @given(
        monthly=st.integers(1, 3),
        documents=st.booleans(),
        accepted=st.booleans(),
        effective=st.dates(dt.date(YEAR, 1, 2), dt.date(YEAR, 6, 30)),
    )
    def test_a_trial_tells_what_publishing_brings(self, monthly, documents, accepted, effective):
        for number in range(3):
            unit = make_unit(f"QS{number}")
            for month in range(1, 6 - number):
                make_session(unit, f"2026-0{month}-10", steps=["submit", "accept"][: 1 + month % 2])
        make_rules()
        statuses = ["accepted"] if accepted else ["accepted", "submitted"]
        draft = change_draft(
            rule_set=make_draft(effective_from=effective),
            changes={"counted_statuses": statuses},
            rules=rules_with(monthly=monthly, plan_filed=documents),
        )
        before = answers(JUNE)
        trial = try_on(draft, Unit.objects.all(), JUNE, most=MANY)
        publish(rule_set=draft, at=at("2026-06-30"), by=None)
        after = answers(JUNE)
        told = {unit.unit_id: (unit.before, unit.after) for unit in trial.changed if unit.moves}
        brought = {
            key: (before[key].standing, after[key].standing)
            for key in before
            if before[key].standing != after[key].standing
        }
        assert told == brought
        turned = {(unit.unit_id, one.after) for unit in trial.changed for one in unit.turned}
        assert all(one in after[key].results for key, one in turned if one is not None)


@pytest.fixture
def county():
    made = make_county()
    make_session(made.own, "2026-05-10")
    return made


pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel("2026-06-30 10:00+08:00", tick=False):
        yield


def test_the_page_lists_who_changes_and_stores_nothing(county):
    make_rules(min_speakers=2)
    make_session(county.sister, "2026-05-11")
    make_session(county.sister, "2026-05-12")
    draft = make_stricter()
    kept = (Evaluation.objects.count(), UnitMonth.objects.count())
    page = browser_of(county).get(reverse("rule_set_trial", args=[draft.pk]))
    text = page.content.decode()
    assert page.context["trial"].tried == 2
    assert "5月）：达标 → 未达标" in text
    assert "外县" not in text
    assert (Evaluation.objects.count(), UnitMonth.objects.count()) == kept
    draft.refresh_from_db()
    assert draft.published_at is None


def test_before_its_day_a_draft_is_taken_as_in_force(county):
    make_rules()
    draft = make_stricter(effective_from=dt.date(YEAR, 12, 1))
    trial = try_on(draft, Unit.objects.all(), JUNE, most=MANY)
    assert {one.result.rule for unit in trial.changed for one in unit.turned} == {
        "monthly_sessions"
    }
    asked = {"as_of": "2026-06-30"}
    page = browser_of(county).get(reverse("rule_set_trial", args=[draft.pk]), asked)
    assert "假定已经生效" in page.content.decode()


def test_last_years_records_are_tried_with_dates_of_that_year(county):
    draft = make_stricter()
    make_session(county.own, "2025-05-10")
    trial = try_on(draft, Unit.objects.all(), dt.date(2025, 12, 31), most=MANY)
    assert (trial.is_compared, trial.as_of.year) == (False, 2025)
    plans = {
        one.after.outcome
        for unit in trial.changed
        for one in unit.turned
        if one.after and (one.after.rule, one.after.period) == ("plan_filed", "2025")
    }
    assert plans == {"missed"}


def test_an_exception_is_tried_on_its_unit_alone(county):
    make_rules()
    draft = make_stricter(unit=county.own)
    trial = try_on(draft, Unit.objects.all(), JUNE, most=MANY)
    assert [unit.unit_id for unit in trial.changed] == [county.own.pk]
    assert trial.tried == 1


def test_too_many_units_are_told_and_not_read(county, monkeypatch):
    draft = make_stricter()
    with pytest.raises(TooManyUnitsError):
        try_on(draft, Unit.objects.all(), JUNE, most=1)
    monkeypatch.setattr(views, "MOST", 1)
    page = browser_of(county).get(reverse("rule_set_trial", args=[draft.pk])).content.decode()
    assert "最多试算 1 个" in page


def test_a_day_to_come_is_refused(county):
    asked = {"as_of": "2026-07-01"}
    page = browser_of(county).get(reverse("rule_set_trial", args=[make_draft().pk]), asked)
    assert "还没有到" in page.content.decode()


@pytest.mark.parametrize("who", ["clerk", "auditor", "county_leader"])
def test_nobody_else_tries_rules(county, who):
    address = reverse("rule_set_trial", args=[make_draft().pk])
    assert browser_of(county, who).get(address).status_code == 403


@pytest.mark.parametrize("units", [12, 120])
def test_a_trial_costs_the_same_queries_whatever_the_size(units):
    Province(units).write()
    make_rules()
    draft = make_stricter()
    with CaptureQueriesContext(connection) as queries:
        trial = try_on(draft, Unit.objects.all(), JUNE, most=MANY)
    assert trial.tried == units
    assert len(queries) == 8
