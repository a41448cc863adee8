"""Obligations in words: what an item is called, for when, what is asked and what there is."""

import datetime as dt

from reports.periods import parse_period
from reports.rules import registry as rules
from reports.rules.facts import TopicFacts
from reports.rules.phrases import clauses, in_title_marks, period_name, summarise
from reports.rules.registry import RULES
from reports.rules.results import Result
from reports.rules.words import (
    ADVISORY,
    AT_RISK,
    MEASURE_LABELS,
    MISSED,
    OUTCOME_LABELS,
    SEVERITY_LABELS,
)
from reports.workbook.data import RollupData, RollupUnit, rate
from reports.workbook.spec import Cell, CellKind


class Wording:
    """The words for one unit's results under its own rule set."""

    def __init__(self, unit: RollupUnit, data: RollupData) -> None:
        self._context = unit.rule_set.context
        self._year = data.as_of.year
        self._topics = data.topics

    def name(self, result: Result) -> str:
        """`3月集中学习`, `一季度集体研讨`, `必学内容《……》`, else the rule's title."""
        match result.rule:
            case rules.MONTHLY_SESSIONS:
                return f"{period_name(result.period)}集中学习"
            case rules.QUARTERLY_DISCUSSIONS:
                return f"{period_name(result.period)}集体研讨"
            case rules.REQUIRED_TOPICS if result.period in self._topics:
                return f"必学内容{in_title_marks(self._topics[result.period].name)}"
            case rules.ATTENDANCE_RATE:
                return MEASURE_LABELS[self._context.params(result.rule).text("measure")]
        return RULES[result.rule].title

    def brief(self, result: Result) -> str:
        """The name, with the number of occurrences or people where one line stands for several."""
        if RULES[result.rule].family == rules.QUOTAS:
            return f"{self.name(result)}（{result.actual}人）"
        if result.counts:
            unit = "人次" if result.rule == rules.MAKEUPS_DONE else "次"
            return f"{self.name(result)}（{result.counts[result.outcome]}{unit}）"
        return self.name(result)

    def period(self, result: Result) -> str:
        """`2026年3月`, `2026年一季度`, `2026年`."""
        if result.rule == rules.REQUIRED_TOPICS:
            return f"{self._year}年"
        return parse_period(result.period).label

    def required(self, result: Result) -> str:
        """What is asked, with the parameters of the unit's rule set."""
        return clauses(result, self._context, self._windows()).required

    def actual(self, result: Result) -> Cell:
        """What there is, as a number, date or rate of its own."""
        value = result.actual
        if isinstance(value, tuple):
            return Cell(rate(*value), CellKind.PERCENT)
        if isinstance(value, dt.date):
            return Cell(value, CellKind.DATE)
        if value is None:
            return Cell("—", CellKind.CENTRED)
        return Cell(value, CellKind.INTEGER if value == int(value) else CellKind.DECIMAL)

    def note(self, result: Result) -> str:
        """What the figures mean, what is missing and until when it can be made good."""
        advisory = f"{SEVERITY_LABELS[ADVISORY]}性要求"
        parts = [advisory] if result.severity == ADVISORY else []
        said = summarise(result, self._context, self._windows())
        known = f"{OUTCOME_LABELS[result.outcome]}：{self.required(result)}，"
        parts.append(said.removeprefix(known))
        if result.reachable is not None:
            parts.append("余下月份仍可达标" if result.reachable else "按余下月份推算已无法达标")
        return "；".join(parts)

    def _windows(self) -> list[TopicFacts]:
        return [topic.facts for topic in self._topics.values()]


def unmet(unit: RollupUnit) -> tuple[list[Result], list[Result]]:
    """The missed results and those at risk, in the order of the rules."""
    results = unit.evaluation.results
    return (
        [result for result in results if result.outcome == MISSED],
        [result for result in results if result.outcome == AT_RISK],
    )
