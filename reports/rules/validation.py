"""Whether a rule set can be used: every fault at once, each as a Chinese sentence."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Final, NamedTuple

from reports.rules.facts import RuleFacts, RuleSetFacts
from reports.rules.registry import (
    COUNT,
    DATE,
    DAYS,
    KINDS,
    LOCKED_EVIDENCE,
    LOCKED_ITEMS,
    MEASURE,
    RATE,
    RULES,
    WORKDAYS,
    ParamSpec,
)
from reports.rules.scores import required_kinds
from reports.rules.words import (
    ACCEPTED,
    COUNTS_AS_LABELS,
    EVIDENCE_LABELS,
    LEAVE_LABELS,
    MEASURE_LABELS,
    SEVERITY_LABELS,
    SUBMITTED,
    WARN_LABELS,
)

MOST_DAYS: Final = 366


class Problem(NamedTuple):
    """A fault: the rule's key ('' for the rule set itself), the field, and what to do."""

    rule: str
    field: str
    message: str


def problems(rule_set: RuleSetFacts) -> list[Problem]:
    """All faults of a rule set; an empty list means it may be published."""
    return [*_shared(rule_set), *_repeated(rule_set), *_rules(rule_set)]


def _shared(rule_set: RuleSetFacts) -> Iterator[Problem]:
    if not 2004 <= rule_set.year <= 2999:
        yield Problem("", "year", f"年度 {rule_set.year} 不正确，请填四位年份。")
    if not _whole(rule_set.min_speakers, 1):
        yield Problem("", "min_speakers", "集体研讨的最少发言人数应为不小于 1 的整数。")
    if not _whole(rule_set.min_service_days, 0, MOST_DAYS):
        yield Problem("", "min_service_days", "承担个人任务的最少在职天数应为 0 至 366 的整数。")
    for name, title in (("correction_workdays", "退回更正"), ("settle_workdays", "报送等待")):
        if not _whole(getattr(rule_set, name), 0, MOST_DAYS):
            yield Problem("", name, f"{title}期限应为 0 至 366 的整数（工作日）。")
    counted = rule_set.counted_statuses
    if ACCEPTED not in counted or not counted <= {SUBMITTED, ACCEPTED}:
        yield Problem(
            "", "counted_statuses", "计入状态只能是“已报送和已审核”或仅“已审核”，请重新选择。"
        )
    yield from _tables(rule_set)


def _tables(rule_set: RuleSetFacts) -> Iterator[Problem]:
    table = rule_set.leave_counts_as
    for kind in LEAVE_LABELS.keys() - table.keys():
        yield Problem("", "leave_counts_as", f"请假类别“{LEAVE_LABELS[kind]}”没有规定如何计算。")
    for kind, counts_as in table.items():
        if kind not in LEAVE_LABELS:
            yield Problem("", "leave_counts_as", f"没有“{kind}”这一请假类别，请删除。")
        elif counts_as not in COUNTS_AS_LABELS:
            choices = "、".join(COUNTS_AS_LABELS.values())
            yield Problem("", "leave_counts_as", f"请假类别“{LEAVE_LABELS[kind]}”只能选{choices}。")
    for name in WARN_LABELS.keys() - rule_set.warn_days.keys():
        yield Problem("", "warn_days", f"“{WARN_LABELS[name]}”没有规定提前预警的天数。")
    for name, days in rule_set.warn_days.items():
        if name not in WARN_LABELS:
            yield Problem("", "warn_days", f"没有“{name}”这一预警项，请删除。")
        elif not _whole(days, 0, MOST_DAYS):
            yield Problem("", "warn_days", f"“{WARN_LABELS[name]}”的预警天数应为 0 至 366 的整数。")


def _repeated(rule_set: RuleSetFacts) -> Iterator[Problem]:
    seen: set[str] = set()
    for rule in rule_set.rules:
        if rule.key in seen:
            yield Problem(rule.key, "key", f"“{_title(rule)}”重复出现，同一事项只能有一条。")
        seen.add(rule.key)


def _rules(rule_set: RuleSetFacts) -> Iterator[Problem]:
    for rule in rule_set.rules:
        if rule.key in LOCKED_ITEMS:
            yield Problem(
                rule.key,
                "key",
                f"“{LOCKED_ITEMS[rule.key]}”按国家规定不得作为考核计分内容，请删除。",
            )
            continue
        if rule.key not in RULES:
            yield Problem(rule.key, "key", f"没有“{rule.key}”这一事项，请从列表中选择。")
            continue
        if rule.severity not in SEVERITY_LABELS:
            choices = "或".join(f"“{label}”" for label in SEVERITY_LABELS.values())
            yield Problem(rule.key, "severity", f"“{_title(rule)}”的性质只能选{choices}。")
        yield from _params(rule, rule_set.year)
        yield from _points(rule)


def _params(rule: RuleFacts, year: int) -> Iterator[Problem]:
    specs = {spec.name: spec for spec in RULES[rule.key].params}
    for name in rule.params.keys() - specs.keys():
        yield Problem(rule.key, name, f"“{_title(rule)}”没有“{name}”这一参数，请删除。")
    for name, spec in specs.items():
        if name in rule.params:
            fault = _CHECKS[spec.kind](rule.params[name])
            if fault:
                yield Problem(rule.key, name, _sentence(rule, spec, fault))
            elif spec.kind == DATE and not _near(rule.params[name], year):
                fault = f"应在 {year} 年内，或在次年 1 至 3 月"
                yield Problem(rule.key, name, _sentence(rule, spec, fault))


def _sentence(rule: RuleFacts, spec: ParamSpec, fault: str) -> str:
    value = rule.params[spec.name]
    return f"“{_title(rule)}”的“{spec.title}”{fault}，现为“{value}”。"


def _points(rule: RuleFacts) -> Iterator[Problem]:
    for name, amount, title in (
        ("points", rule.points, "分值"),
        ("deduction", rule.deduction, "扣分"),
    ):
        if amount is not None and not (amount.is_finite() and amount >= 0):
            yield Problem(rule.key, name, f"“{_title(rule)}”的{title}应为不小于 0 的数。")
    if rule.points and LOCKED_EVIDENCE & required_kinds(rule):
        yield Problem(
            rule.key,
            "points",
            f"“{_title(rule)}”的必备材料含照片，按国家规定照片不得计分，请去掉照片或分值。",
        )


def _title(rule: RuleFacts) -> str:
    return RULES[rule.key].title if rule.key in RULES else rule.key


def _whole(value: object, least: int, most: int | None = None) -> bool:
    if not isinstance(value, int) or isinstance(value, bool):
        return False
    return value >= least and (most is None or value <= most)


def _near(value: object, year: int) -> bool:
    return dt.date(year, 1, 1) <= dt.date.fromisoformat(str(value)) <= dt.date(year + 1, 3, 31)


def _count_fault(value: object) -> str:
    return "" if _whole(value, 1, MOST_DAYS) else "应为 1 至 366 的整数"


def _days_fault(value: object) -> str:
    return "" if _whole(value, 0, MOST_DAYS) else "应为 0 至 366 的整数"


def _rate_fault(value: object) -> str:
    try:
        rate = Decimal(value) if isinstance(value, str) else None
    except InvalidOperation:
        rate = None
    if rate is not None and rate.is_finite() and 0 < rate <= 1:
        return ""
    return "应为大于 0、不超过 1 的小数（例如 0.90）"


def _date_fault(value: object) -> str:
    try:
        dt.date.fromisoformat(str(value))
    except ValueError:
        return "不是正确的日期，请写成“2026-01-31”这样的形式"
    return ""


def _kinds_fault(value: object) -> str:
    if not isinstance(value, list | tuple) or not value:
        return "至少要选一种材料"
    unknown = [str(kind) for kind in value if kind not in EVIDENCE_LABELS]
    return f"没有“{'、'.join(unknown)}”这种材料" if unknown else ""


def _measure_fault(value: object) -> str:
    return "" if value in MEASURE_LABELS else "只能选“参学率”或“到会率”"


_CHECKS: Final[Mapping[str, Callable[[object], str]]] = {
    COUNT: _count_fault,
    DAYS: _days_fault,
    WORKDAYS: _days_fault,
    RATE: _rate_fault,
    DATE: _date_fault,
    KINDS: _kinds_fault,
    MEASURE: _measure_fault,
}
