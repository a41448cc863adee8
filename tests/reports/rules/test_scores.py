"""Points, deductions, and what may never be scored."""

from decimal import Decimal

import pytest

from reports.rules.engine import evaluate
from reports.rules.facts import RuleFacts
from reports.rules.registry import LOCKED_ITEMS
from reports.rules.scores import score, scored_points
from tests.reports.rules.make import make_context, make_session, make_unit


def scored(unit, as_of, *rules):
    context = make_context(as_of, *rules)
    return score(evaluate(unit, context).results, context.rule_set)


def rule(key, points, deduction, **params):
    return RuleFacts(key, params=params, points=Decimal(points), deduction=Decimal(deduction))


@pytest.mark.parametrize(
    ("as_of", "left"), [("02-01", "2"), ("02-15", "1.5"), ("04-15", "0.5"), ("12-31", "0")]
)
def test_each_missed_obligation_costs_down_to_zero(as_of, left):
    result = scored(make_unit(), as_of, rule("monthly_sessions", "2", "0.5"))
    assert result.score == Decimal(left)
    assert result.points == 2


def test_one_rule_never_eats_the_points_of_another():
    result = scored(
        make_unit(make_session("02-02")),
        "12-31",
        rule("monthly_sessions", "1", "1"),
        rule("plan_filed", "3", "1"),
    )
    assert [line.score for line in result.rules] == [0, 2]
    assert (result.points, result.score) == (4, 2)


def test_waived_obligations_and_unscored_rules_cost_nothing():
    waived = ["monthly_sessions 2026-01"]
    result = scored(
        make_unit(waived=waived), "02-15", rule("monthly_sessions", "2", "1"), "plan_filed"
    )
    assert result.score == 2


@pytest.mark.parametrize("key", LOCKED_ITEMS)
def test_locked_items_weigh_nothing_whatever_is_entered(key):
    assert scored_points(rule(key, "5", "1")) == 0


def test_photos_cannot_be_scored_through_the_session_file():
    kinds = {"required_kinds": ["minutes", "photo"]}
    assert scored_points(rule("session_file", "5", "1", **kinds)) == 0
    assert scored_points(rule("session_file", "5", "1", required_kinds=["minutes"])) == 5


def test_a_disabled_rule_carries_no_points():
    assert scored_points(RuleFacts("plan_filed", enabled=False, points=Decimal(5))) == 0
