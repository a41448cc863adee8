"""Obligations in words: what an item is called, for when, what is asked and what there is."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from reports.periods import Month
from reports.rules import registry as rules
from reports.rules.facts import RuleSetFacts
from reports.rules.registry import RULES, Params
from reports.rules.results import Result
from reports.rules.words import (
    ADVISORY,
    AT_RISK,
    MEASURE_LABELS,
    MISSED,
    OUTCOME_LABELS,
)
from reports.workbook.data import RollupData, RollupUnit, rate
from reports.workbook.spec import Cell, CellKind

QUARTER_WORDS = ("一季度", "二季度", "三季度", "四季度")
SHORT_OF = frozenset({rules.SPEECHES_PER_MEMBER, rules.REFLECTIONS_PER_MEMBER,
                      rules.RESEARCH_PER_MEMBER})  # fmt: skip
DOCUMENTS = frozenset({rules.PLAN_FILED, rules.HALF_YEAR_REPORT, rules.ANNUAL_REPORT})
_UNITS = {
    rules.MONTHLY_SESSIONS: "次",
    rules.QUARTERLY_DISCUSSIONS: "次",
    rules.ANNUAL_SESSIONS: "次",
    rules.ANNUAL_DAYS: "天",
    rules.SPEECHES_PER_MEMBER: "次",
    rules.REFLECTIONS_PER_MEMBER: "篇",
    rules.RESEARCH_PER_MEMBER: "篇",
}


class Wording:
    """The words for one unit's results under its own rule set."""

    def __init__(self, unit: RollupUnit, data: RollupData) -> None:
        self._facts = unit.rule_set.facts if unit.rule_set else RuleSetFacts(data.as_of.year, ())
        self._params = {rule.key: Params.of(rule, self._facts.year) for rule in self._facts.rules}
        self._as_of = data.as_of
        self._topics: Mapping[str, str] = data.topics

    def name(self, result: Result) -> str:
        """`3月集中学习`, `一季度集体研讨`, `必学内容《……》`, else the rule's title."""
        match result.rule:
            case rules.MONTHLY_SESSIONS:
                return f"{Month.parse(result.period).month}月集中学习"
            case rules.QUARTERLY_DISCUSSIONS:
                return f"{QUARTER_WORDS[int(result.period[-1]) - 1]}集体研讨"
            case rules.REQUIRED_TOPICS:
                return f"必学内容《{self._topics.get(result.period, result.period)}》"
            case rules.ATTENDANCE_RATE:
                return self._measure(result)
        return RULES[result.rule].title

    def brief(self, result: Result) -> str:
        """The name, with the number of occurrences or people where one line stands for several."""
        if result.rule in SHORT_OF:
            return f"{self.name(result)}（{result.actual}人）"
        if result.counts:
            return f"{self.name(result)}（{result.counts.get(result.outcome, 0)}次）"
        return self.name(result)

    def period(self, result: Result) -> str:
        """`2026年3月`, `2026年一季度`, `2026年`."""
        if result.rule == rules.MONTHLY_SESSIONS:
            return Month.parse(result.period).label
        year = f"{self._facts.year}年"
        if result.rule == rules.QUARTERLY_DISCUSSIONS:
            return year + QUARTER_WORDS[int(result.period[-1]) - 1]
        return year

    def required(self, result: Result) -> str:
        """What is asked, with the parameters of the unit's rule set."""
        params = self._params.get(result.rule)
        if params is None:
            return RULES[result.rule].requirement
        match result.rule:
            case rules.PLAN_FILED | rules.HALF_YEAR_REPORT | rules.ANNUAL_REPORT:
                due = params.day("due")
                text = f"{due.month}月{due.day}日前报送（含当日）"
            case rules.ATTENDANCE_RATE:
                text = f"{self._measure(result)}不低于 {percent(params.text('required'))}"
            case rules.REPORTED_ON_TIME:
                text = f"学习结束后 {params.number('workdays')} 个工作日内报送"
            case rules.MAKEUPS_DONE:
                text = f"学习之日起 {params.number('days')} 日内补学并确认"
            case rules.SESSION_FILE:
                text = f"学习结束后 {params.number('workdays')} 个工作日内备齐材料"
            case rules.REQUIRED_TOPICS:
                text = "规定时间内至少学习 1 次"
            case _:
                text = self._number_required(result, params)
        return text

    def _number_required(self, result: Result, params: Params) -> str:
        asked = result.required if result.required is not None else params.number("required")
        each = "每人" if result.rule in SHORT_OF else ""
        return f"{each}不少于 {asked} {_UNITS[result.rule]}"

    def actual(self, result: Result) -> Cell:
        """What there is, as a number, date or rate of its own."""
        value = result.actual
        if isinstance(value, tuple):
            return Cell(rate(*value), CellKind.PERCENT)
        if isinstance(value, dt.date):
            return Cell(value, CellKind.DATE)
        if value is None:
            return Cell("未报送" if result.rule in DOCUMENTS else "—", CellKind.CENTRED)
        return Cell(value, CellKind.INTEGER if value == int(value) else CellKind.DECIMAL)

    def note(self, result: Result) -> str:
        """What the figures mean and whether anything can still be done."""
        parts = ["提示性要求"] if result.severity == ADVISORY else []
        if result.counts:
            parts += [f"{OUTCOME_LABELS[word]} {n} 次" for word, n in result.counts.items()]
        if isinstance(result.actual, tuple):
            numerator, base = result.actual
            parts.append(f"{self._measure(result)} {numerator}/{base} 人次")
            parts.append("余下月份仍可达标" if result.reachable else "按余下月份推算已难以达标")
        if result.rule in SHORT_OF:
            parts.append(f"尚有 {result.actual} 人未完成")
        parts += self._period_note(result)
        return "；".join(parts)

    def _period_note(self, result: Result) -> list[str]:
        if result.rule == rules.MONTHLY_SESSIONS:
            last = Month.parse(result.period).last
        elif result.rule == rules.QUARTERLY_DISCUSSIONS:
            last = Month(self._facts.year, int(result.period[-1]) * 3).last
        else:
            return []
        if result.outcome == MISSED:
            return ["统计期已过，以后的学习只补全年累计，不补本期"]
        if self._as_of < last:
            return [f"{last.month}月{last.day}日前安排学习仍可达标"]
        return ["统计期已过，待报送、更正后认定"]

    def _measure(self, result: Result) -> str:
        params = self._params.get(result.rule)
        return MEASURE_LABELS[params.text("measure")] if params else RULES[result.rule].title


def unmet(unit: RollupUnit) -> tuple[list[Result], list[Result]]:
    """The missed results and those at risk, in the order of the rules."""
    results = unit.evaluation.results
    return (
        [result for result in results if result.outcome == MISSED],
        [result for result in results if result.outcome == AT_RISK],
    )


def percent(decimal: str) -> str:
    """`0.90` → `90.00%`, exactly."""
    return f"{Decimal(decimal) * 100:.2f}%"
