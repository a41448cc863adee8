"""Which rule set binds whom, and that a published one stays what it is."""

import datetime as dt

import pytest

from reports.models import Rule
from reports.rule_book import rule_set_facts
from reports.rule_sets import (
    RuleSetError,
    applicable,
    change_draft,
    create_default,
    discard_draft,
    new_version,
    publish,
)
from reports.rules.defaults import default_rule_set
from reports.rules.facts import RuleFacts
from tests.reports.records import YEAR, at, judged, make_rules, make_session, make_unit

pytestmark = pytest.mark.django_db
JUNE = dt.date(2026, 6, 30)


def make_draft(**values):
    return create_default(year=YEAR, title="考核规则", **values)


def test_the_default_comes_back_from_rows_as_the_engine_has_it():
    assert rule_set_facts(make_draft()).rules[0].key == "plan_filed"
    stored = rule_set_facts(make_draft())
    made = default_rule_set(YEAR)
    assert [rule.key for rule in stored.rules] == [rule.key for rule in made.rules]
    assert stored.leave_counts_as == made.leave_counts_as
    assert stored.rules[-1].params == {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in made.rules[-1].params.items()
    }


def test_the_nearest_set_binds_then_the_most_recent_then_the_latest_version():
    unit = make_unit()
    expected = []
    for title, effective, whom in (
        ("通用", "2026-01-01", {}),
        ("通用", "2026-03-01", {}),
        ("通用", "2026-03-01", {}),
        ("类别", "2026-01-01", {"categories": [unit.category]}),
        ("本单位", "2026-02-01", {"unit": unit}),
    ):
        made = make_rules(title=title, effective=effective, **whom)
        found = applicable(unit, JUNE)
        expected.append(found is not None and found.id == made.pk)
    assert expected == [True] * 5


def test_a_set_binds_from_its_day_only():
    unit = make_unit()
    early = make_rules(title="早")
    late = make_rules(title="晚", effective="2026-07-01")
    found = [applicable(unit, day) for day in (JUNE, dt.date(2026, 7, 1))]
    assert [one and one.id for one in found] == [early.pk, late.pk]


def test_a_set_of_another_category_or_a_draft_binds_nobody():
    unit, other = make_unit(), make_unit("T", category="township")
    make_rules(categories=[other.category])
    make_draft()
    assert applicable(unit, JUNE) is None


def test_a_unit_without_a_rule_set_is_seen_and_owes_nothing():
    unit = make_session(make_unit()).unit
    evaluated = judged(unit, JUNE)
    assert evaluated.rule_set_id is None
    assert evaluated.evaluation.standing == "not_applicable"
    assert evaluated.evaluation.figures.sessions == 1


def test_a_published_set_takes_no_change():
    rule_set = make_rules()
    for change in (
        lambda: change_draft(rule_set=rule_set, changes={"min_speakers": 3}),
        lambda: publish(rule_set=rule_set, at=at("2026-02-01"), by=None),
        lambda: discard_draft(rule_set=rule_set),
    ):
        with pytest.raises(RuleSetError, match="已经发布，不能修改"):
            change()
    rule_set.refresh_from_db()
    assert rule_set.min_speakers == 2


def test_faults_are_named_all_at_once_and_nothing_is_published():
    draft = change_draft(
        rule_set=make_draft(),
        changes={"min_speakers": 0},
        rules=[RuleFacts("monthly_sessions", params={"required": 0})],
    )
    with pytest.raises(RuleSetError) as caught:
        publish(rule_set=draft, at=at("2026-01-01"), by=None)
    assert len(caught.value.faults) == 2
    draft.refresh_from_db()
    assert draft.published_at is None


def test_a_set_that_asks_nothing_is_not_published():
    draft = change_draft(rule_set=make_draft(), changes={}, rules=[])
    with pytest.raises(RuleSetError, match="没有启用任何考核事项"):
        publish(rule_set=draft, at=at("2026-01-01"), by=None)


def test_a_new_version_is_a_draft_and_leaves_the_old_alone():
    unit = make_unit()
    old = make_rules(categories=[unit.category])
    copy = new_version(rule_set=old, effective_from=dt.date(2026, 7, 1))
    change_draft(rule_set=copy, changes={}, rules=[RuleFacts("monthly_sessions")])
    assert (copy.version, copy.published_at) == (2, None)
    assert list(copy.categories.all()) == [unit.category]
    assert Rule.objects.filter(rule_set=old).count() == 15
    found = applicable(unit, dt.date(2026, 8, 1))
    assert found is not None
    assert found.id == old.pk


def test_only_named_columns_may_be_changed():
    with pytest.raises(KeyError, match="published_at"):
        change_draft(rule_set=make_draft(), changes={"published_at": at("2026-01-01")})
