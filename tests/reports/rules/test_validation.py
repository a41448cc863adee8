"""Faults of a rule set, named where they are."""

import dataclasses
from decimal import Decimal

import pytest

from reports.rules.defaults import default_rule_set
from reports.rules.facts import RuleFacts
from reports.rules.registry import LOCKED_ITEMS, RULES
from reports.rules.validation import problems

DEFAULT = default_rule_set(2026)


def faults(**changes):
    return problems(dataclasses.replace(DEFAULT, **changes))


def rule_faults(key, **changes):
    return faults(rules=(RuleFacts(key, **changes),))


@pytest.mark.parametrize("year", [2004, 2026, 2027])
def test_the_default_rule_set_is_sound(year):
    assert problems(default_rule_set(year)) == []
    assert [rule.key for rule in default_rule_set(year).rules] == list(RULES)


def test_the_defaults_are_those_of_the_table():
    enabled = {rule.key for rule in DEFAULT.rules if rule.enabled}
    assert RULES.keys() - enabled == {"annual_days", "research_per_member"}
    plan = next(rule for rule in DEFAULT.rules if rule.key == "plan_filed")
    assert plan.params == {"due": "2026-01-31"}


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"year": 26, "rules": ()}, "year", "四位年份"),
        ({"min_speakers": 0}, "min_speakers", "不小于 1"),
        ({"min_speakers": True}, "min_speakers", "不小于 1"),
        ({"min_service_days": -1}, "min_service_days", "0 至 366"),
        ({"settle_workdays": 400}, "settle_workdays", "工作日"),
        ({"correction_workdays": 1.5}, "correction_workdays", "更正期限"),
        ({"counted_statuses": frozenset({"draft"})}, "counted_statuses", "计入状态"),
        ({"counted_statuses": frozenset()}, "counted_statuses", "计入状态"),
    ],
)
def test_shared_faults(changes, field, words):
    (fault,) = faults(**changes)
    assert (fault.rule, fault.field) == ("", field)
    assert words in fault.message


def test_tables_are_full_and_know_their_words():
    leave = {**DEFAULT.leave_counts_as, "sick": "maybe", "nap": "present"}
    del leave["other"]
    messages = [fault.message for fault in faults(leave_counts_as=leave)]
    assert len(messages) == 3
    assert all(word in "".join(messages) for word in ("“其他”没有规定", "“病假”只能选", "“nap”"))
    warn = {**DEFAULT.warn_days, "week": 1, "month": -1}
    del warn["year"]
    assert len(faults(warn_days=warn)) == 3


@pytest.mark.parametrize(
    ("key", "params", "words"),
    [
        ("monthly_sessions", {"required": 0}, "1 至 366"),
        ("monthly_sessions", {"required": "2"}, "1 至 366"),
        ("monthly_sessions", {"limit": 2}, "没有“limit”这一参数"),
        ("attendance_rate", {"required": "0"}, "大于 0、不超过 1"),
        ("attendance_rate", {"required": "1.01"}, "大于 0、不超过 1"),
        ("attendance_rate", {"required": "NaN"}, "大于 0、不超过 1"),
        ("attendance_rate", {"required": "九成"}, "大于 0、不超过 1"),
        ("attendance_rate", {"required": 0.9}, "大于 0、不超过 1"),
        ("attendance_rate", {"measure": "best"}, "“参学率”或“到会率”"),
        ("plan_filed", {"due": "2026-02-30"}, "不是正确的日期"),
        ("plan_filed", {"due": "2025-12-31"}, "应在 2026 年内"),
        ("annual_report", {"due": "2027-04-01"}, "应在 2026 年内"),
        ("session_file", {"required_kinds": []}, "至少要选一种"),
        ("session_file", {"required_kinds": ["minutes", "video"]}, "没有“video”"),
        ("makeups_done", {"days": -1}, "0 至 366"),
    ],
)
def test_faults_of_parameters(key, params, words):
    (fault,) = rule_faults(key, params=params)
    assert fault.rule == key
    assert words in fault.message


@pytest.mark.parametrize("rate", ["0.90", "1", "0.001"])
def test_sound_thresholds(rate):
    assert rule_faults("attendance_rate", params={"required": rate}) == []


def test_unknown_and_repeated_rules():
    repeated = (RuleFacts("plan_filed"), RuleFacts("plan_filed"), RuleFacts("steps"))
    messages = [fault.message for fault in faults(rules=repeated)]
    assert messages == [
        "“年度计划报备”重复出现，同一事项只能有一条。",
        "没有“steps”这一事项，请从列表中选择。",
    ]


def test_a_severity_is_refused_with_the_words_of_the_list():
    (fault,) = rule_faults("plan_filed", severity="fatal")
    assert fault.message == "“年度计划报备”的性质只能选“必须”或“提醒”。"


@pytest.mark.parametrize("key", LOCKED_ITEMS)
def test_locked_items_are_refused(key):
    (fault,) = rule_faults(key, points=Decimal(1))
    assert "不得作为考核计分内容" in fault.message


def test_points_are_sound_and_never_for_photos():
    assert len(rule_faults("plan_filed", points=Decimal(-1), deduction=Decimal("NaN"))) == 2
    (fault,) = rule_faults("session_file", points=Decimal(1), params={"required_kinds": ["photo"]})
    assert "照片" in fault.message
