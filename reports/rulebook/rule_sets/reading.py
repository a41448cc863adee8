"""A rule set in plain Chinese, written from the registry: a new rule appears by itself."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.models import RuleSet
from reports.rule_book import rule_set_facts
from reports.rules.facts import RuleFacts, RuleSetFacts
from reports.rules.registry import (
    DATE,
    DAYS,
    FAMILY_LABELS,
    KINDS,
    LOCKED_ITEMS,
    MEASURE,
    RATE,
    RULES,
    WORKDAYS,
    Params,
    ParamSpec,
    RuleSpec,
)
from reports.rules.scores import scored_points
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
from units.models import Category


class SharedText(NamedTuple):
    """What a number that all rules share is called, what it counts and what it does."""

    title: Any
    unit: Any
    text: Any


PEOPLE, CALENDAR_DAYS, WORKING_DAYS = (
    gettext_lazy("人"),
    gettext_lazy("天"),
    gettext_lazy("个工作日"),
)
SHARED: Final[Mapping[str, SharedText]] = {
    "min_speakers": SharedText(
        gettext_lazy("集体研讨最少发言人数"),
        PEOPLE,
        gettext_lazy("不同的应到成员发言达到这一人数，才算一次集体研讨；只听讲座不算。"),
    ),
    "min_service_days": SharedText(
        gettext_lazy("个人任务最少在任天数"),
        CALENDAR_DAYS,
        gettext_lazy("本年在任不足这一天数的成员，不承担重点发言、心得体会等个人任务。"),
    ),
    "correction_workdays": SharedText(
        gettext_lazy("退回修改期限"),
        WORKING_DAYS,
        gettext_lazy("退回后在此期限内重新报送的，不因退回而算逾期。"),
    ),
    "settle_workdays": SharedText(
        gettext_lazy("期末等待"),
        WORKING_DAYS,
        gettext_lazy("月、季、年结束后再等这么多个工作日，让最后几次学习来得及报送，然后才定论。"),
    ),
}
COUNTED_LABELS: Final[Mapping[frozenset[str], Any]] = {
    frozenset({SUBMITTED, ACCEPTED}): gettext_lazy("已报送和已审核的都计入"),
    frozenset({ACCEPTED}): gettext_lazy("只计入已审核的"),
}
COUNTED_TEXT: Final = gettext_lazy(
    "选“只计入已审核的”，宣传部尚未审核的学习不计数，也不因此判未达标。"
)


class Line(NamedTuple):
    """One parameter: what it is called, what it is set to, what that means."""

    title: str
    value: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class RuleText:
    """One rule as a reader sees it."""

    key: str
    title: str
    enabled: bool
    severity: str
    requirement: str
    source: str
    lines: list[Line]
    points: str


@dataclass(frozen=True, slots=True)
class SetText:
    """A whole set: its rules by family, and what they share."""

    families: list[tuple[str, list[RuleText]]]
    shared: list[Line]
    leave: list[Line]
    warn: list[Line]
    locked: list[str]


def read(facts: RuleSetFacts) -> SetText:
    """The set, every parameter explained."""
    rules = {rule.key: rule for rule in facts.rules}
    families = [
        (
            label,
            [
                _rule(spec, rules.get(spec.key, RuleFacts(spec.key, enabled=False)), facts.year)
                for spec in RULES.values()
                if spec.family == family
            ],
        )
        for family, label in FAMILY_LABELS.items()
    ]
    return SetText(
        families=families,
        shared=[
            *(
                Line(str(shared.title), f"{getattr(facts, name)} {shared.unit}", str(shared.text))
                for name, shared in SHARED.items()
            ),
            Line(_("计入的学习"), counted_words(facts), str(COUNTED_TEXT)),
        ],
        leave=[
            Line(LEAVE_LABELS.get(kind, kind), COUNTS_AS_LABELS.get(worth, worth))
            for kind, worth in facts.leave_counts_as.items()
        ],
        warn=[
            Line(WARN_LABELS.get(name, name), _("%s 天") % days)
            for name, days in facts.warn_days.items()
        ],
        locked=list(LOCKED_ITEMS.values()),
    )


def _rule(spec: RuleSpec, rule: RuleFacts, year: int) -> RuleText:
    params = Params.of(rule, year)
    return RuleText(
        key=spec.key,
        title=spec.title,
        enabled=rule.enabled,
        severity=SEVERITY_LABELS.get(rule.severity, rule.severity),
        requirement=spec.requirement,
        source=spec.source,
        lines=[
            Line(param.title, value_words(param, params.values[param.name]), param.text)
            for param in spec.params
        ],
        points=points_words(rule),
    )


def counted_words(facts: RuleSetFacts) -> str:
    return str(COUNTED_LABELS.get(facts.counted_statuses, "、".join(facts.counted_statuses)))


def value_words(spec: ParamSpec, value: Any) -> str:
    """A parameter's value with its unit: `12 次`, `5 个工作日`, `90%`, `2026年1月31日`."""
    if spec.kind == RATE:
        return f"{(Decimal(str(value)) * 100).normalize():f}%"
    if spec.kind == DATE:
        day = dt.date.fromisoformat(str(value))
        return f"{day.year}年{day.month}月{day.day}日"
    if spec.kind == KINDS:
        return "、".join(label for kind, label in EVIDENCE_LABELS.items() if kind in value)
    if spec.kind == MEASURE:
        return MEASURE_LABELS.get(str(value), str(value))
    return f"{value} {unit_words(spec)}".rstrip()


def unit_words(spec: ParamSpec) -> str:
    """What a number of the parameter counts."""
    by_kind = {DAYS: _("天"), WORKDAYS: _("个工作日"), RATE: "%"}
    return by_kind.get(spec.kind, spec.unit)


def summary(spec: RuleSpec, rule: RuleFacts, year: int) -> str:
    """The rule's settings in a line: `启用，必须，每月次数 1 次，不计分`."""
    text = _rule(spec, rule, year)
    if not rule.enabled:
        return _("停用")
    settings = (f"{line.title} {line.value}" for line in text.lines)
    return "，".join([_("启用"), text.severity, *settings, text.points])


def points_words(rule: RuleFacts) -> str:
    points = scored_points(rule)
    if not points:
        return _("不计分")
    return _("%(points)s 分，每有一项未达标扣 %(deduction)s 分，扣完为止") % {
        "points": _number(points),
        "deduction": _number(rule.deduction or Decimal(0)),
    }


def _number(amount: Decimal) -> str:
    return f"{amount.normalize():f}"


def statements(facts: RuleSetFacts) -> dict[str, Line]:
    """Everything the set says, one line a parameter, under keys that two sets share."""
    return dict(_statements(facts))


def _statements(facts: RuleSetFacts) -> Iterator[tuple[str, Line]]:
    text = read(facts)
    for _family, rules in text.families:
        for rule in rules:
            state = _("启用，%s") % rule.severity if rule.enabled else _("停用")
            yield rule.key, Line(rule.title, state)
            for number, line in enumerate(rule.lines):
                yield f"{rule.key}.{number}", Line(f"{rule.title}：{line.title}", line.value)
            yield f"{rule.key}.points", Line(_("%s：计分") % rule.title, rule.points)
    for name, lines in (("shared", text.shared), ("leave", text.leave), ("warn", text.warn)):
        labels = {"shared": "", "leave": _("请假："), "warn": _("预警：")}
        for number, line in enumerate(lines):
            yield f"{name}.{number}", Line(f"{labels[name]}{line.title}", line.value)


class Difference(NamedTuple):
    """Where two sets say different things; a word is '' where one says nothing."""

    title: str
    before: str
    after: str


def differences(before: RuleSetFacts, after: RuleSetFacts) -> list[Difference]:
    """What differs, in the order of the rules."""
    return compare(statements(before), statements(after))


def compare(old: Mapping[str, Line], new: Mapping[str, Line]) -> list[Difference]:
    """Lines that differ between two tables under common keys."""
    nothing = Line("", "")
    found = []
    for key in dict.fromkeys([*new, *old]):
        one, other = old.get(key, nothing), new.get(key, nothing)
        if one.value != other.value:
            found.append(Difference(other.title or one.title, one.value, other.value))
    return found


def head_lines(rule_set: RuleSet) -> dict[str, Line]:
    """Name, date and whom the set binds, as lines to compare; two queries at most."""
    return {
        "title": Line(_("名称"), rule_set.title),
        "effective_from": Line(_("生效日期"), rule_set.effective_from.isoformat()),
        "audience": Line(_("适用范围"), audience_words(rule_set)),
    }


def whole(rule_set: RuleSet) -> dict[str, Line]:
    """All that a person may have changed, as lines to compare."""
    return head_lines(rule_set) | statements(rule_set_facts(rule_set))


def audience_words(rule_set: RuleSet) -> str:
    """Whom the set binds; uses `unit_name` where the query has put it."""
    if rule_set.unit is not None:
        return _("仅 %s") % (getattr(rule_set, "unit_name", None) or rule_set.unit.code)
    return categories_words(list(rule_set.categories.all()))


def categories_words(categories: list[Category]) -> str:
    return "、".join(category.name for category in categories) or _("全部单位")
