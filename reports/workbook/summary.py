"""The sheets with one line a unit: 汇总表 and 月度情况; and 未达标与预警, one line an item."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from reports.periods import Quarter, Year
from reports.rules.registry import MONTHLY_SESSIONS, QUARTERLY_DISCUSSIONS, REPORTED_ON_TIME
from reports.rules.results import Result
from reports.rules.words import (
    ATTENTION,
    BEHIND,
    MET_LATE,
    MISSED,
    NOT_APPLICABLE,
    ON_TRACK,
    OUTCOME_LABELS,
    STANDING_LABELS,
    WAIVED,
)
from reports.workbook.data import RollupData, RollupUnit, rate
from reports.workbook.obligations import Wording, unmet
from reports.workbook.spec import Cell, CellKind, ColumnSpec

Row = tuple[object, ...]
K = CellKind
_EVERY: Final = {MONTHLY_SESSIONS: ("各月集中学习", 12), QUARTERLY_DISCUSSIONS: ("各季集体研讨", 4)}

SUMMARY_COLUMNS = (
    ColumnSpec("序号", 5, K.INTEGER),
    ColumnSpec("单位", 18, K.WRAPPED),
    ColumnSpec("单位类别", 12, K.CENTRED),
    ColumnSpec("状态", 8, K.CENTRED),
    ColumnSpec("计划备案", 8, K.CENTRED),
    ColumnSpec("本月集中学习(次)", 8, K.INTEGER),
    ColumnSpec("本季集体研讨(次)", 8, K.INTEGER),
    ColumnSpec("累计集中学习(次)", 8, K.INTEGER),
    ColumnSpec("累计集体研讨(次)", 8, K.INTEGER),
    ColumnSpec("累计天数", 6, K.DECIMAL),
    ColumnSpec("应到人次", 6, K.INTEGER),
    ColumnSpec("实到人次", 6, K.INTEGER),
    ColumnSpec("到会率", 9, K.PERCENT),
    ColumnSpec("参学率", 9, K.PERCENT),
    ColumnSpec("待补学人次", 7, K.INTEGER),
    ColumnSpec("迟报(次)", 8, K.INTEGER),
    ColumnSpec("待重报(次)", 9, K.INTEGER),
    ColumnSpec("未达标项", 28, K.WRAPPED),
    ColumnSpec("预警项", 20, K.WRAPPED),
    ColumnSpec("备注", 18, K.WRAPPED),
)
MONTHS_COLUMNS = (
    ColumnSpec("序号", 5, K.INTEGER),
    ColumnSpec("单位", 20, K.WRAPPED),
    ColumnSpec("单位类别", 12, K.CENTRED),
    *(ColumnSpec(f"{month}月", 9, K.INTEGER) for month in range(1, 13)),
    *(ColumnSpec(f"{word}季度", 9, K.INTEGER) for word in "一二三四"),
    ColumnSpec("合计", 9, K.INTEGER),
)
ITEM_COLUMNS = (
    ColumnSpec("序号", 6, K.INTEGER),
    ColumnSpec("单位", 24, K.WRAPPED),
    ColumnSpec("事项", 26, K.WRAPPED),
    ColumnSpec("时段", 15, K.CENTRED),
    ColumnSpec("状态", 9, K.CENTRED),
    ColumnSpec("要求", 30, K.WRAPPED),
    ColumnSpec("实际", 12, K.CENTRED),
    ColumnSpec("说明", 48, K.WRAPPED),
)
LEGEND = tuple(Cell(label, CellKind(outcome)) for outcome, label in OUTCOME_LABELS.items())
_STANDING_KINDS = {
    ON_TRACK: K.MET,
    ATTENTION: K.AT_RISK,
    BEHIND: K.MISSED,
    NOT_APPLICABLE: K.NOT_APPLICABLE,
}


def summary_rows(data: RollupData) -> Iterator[Row]:
    """One row a unit, in official order."""
    month, quarter = data.month.key, Quarter.of(data.month.first).key
    for number, unit in enumerate(data.units, start=1):
        figures = unit.evaluation.figures
        standing = unit.evaluation.standing
        wording = Wording(unit, data)
        missed, at_risk = unmet(unit)
        yield (
            number,
            unit.name,
            unit.category,
            Cell(STANDING_LABELS[standing], _STANDING_KINDS[standing]),
            unit.plan_status,
            _held(unit, MONTHLY_SESSIONS, month, unit.months[data.month.month - 1]),
            _held(unit, QUARTERLY_DISCUSSIONS, quarter, unit.quarters[int(quarter[-1]) - 1]),
            figures.sessions,
            figures.discussions,
            figures.half_days / 2,
            figures.due,
            figures.present,
            rate(figures.present, figures.base),
            rate(figures.present + figures.made_up, figures.base),
            figures.base - figures.present - figures.made_up,
            _late_reports(unit),
            unit.returned,
            "、".join(wording.brief(result) for result in missed) or None,
            "、".join(wording.brief(result) for result in at_risk) or None,
            _remark(unit, wording) or None,
        )


def month_rows(data: RollupData) -> Iterator[Row]:
    """One row a unit: sessions a month, discussions a quarter, filled by outcome."""
    year = Year(data.as_of.year)
    for number, unit in enumerate(data.units, start=1):
        by_key = {(result.rule, result.period): result for result in unit.evaluation.results}
        yield (
            number,
            unit.name,
            unit.category,
            *(
                _period_cell(by_key.get((MONTHLY_SESSIONS, month.key)), held)
                for month, held in zip(year.months, unit.months, strict=True)
            ),
            *(
                _period_cell(by_key.get((QUARTERLY_DISCUSSIONS, quarter.key)), held)
                for quarter, held in zip(year.quarters, unit.quarters, strict=True)
            ),
            unit.evaluation.figures.sessions,
        )


def item_rows(data: RollupData) -> Iterator[Row]:
    """One row for each item missed or at risk: units in official order, missed items first."""
    number = 0
    for unit in data.units:
        wording = Wording(unit, data)
        missed, at_risk = unmet(unit)
        for result in missed + at_risk:
            number += 1
            yield (
                number,
                unit.name,
                wording.name(result),
                wording.period(result),
                Cell(OUTCOME_LABELS[result.outcome], CellKind(result.outcome)),
                wording.required(result),
                wording.actual(result),
                wording.note(result),
            )


def _held(unit: RollupUnit, rule: str, period: str, counted: int) -> object:
    """The evaluation's own figure; where it has none, the number counted."""
    result = unit.result(rule, period)
    return result.actual if result is not None and result.actual is not None else counted


def _period_cell(result: Result | None, counted: int) -> object:
    if result is None:
        return counted
    if result.outcome == NOT_APPLICABLE:
        return Cell(OUTCOME_LABELS[NOT_APPLICABLE], K.NOT_APPLICABLE)
    return Cell(result.actual, CellKind(result.outcome))


def _late_reports(unit: RollupUnit) -> int:
    for result in unit.evaluation.results:
        if result.rule == REPORTED_ON_TIME and result.counts:
            return result.counts.get(MET_LATE, 0) + result.counts.get(MISSED, 0)
    return 0


def _remark(unit: RollupUnit, wording: Wording) -> str:
    figures = unit.evaluation.figures
    parts = []
    if unit.established_on is not None:
        parts.append(f"{unit.established_on.isoformat()} 成立")
    if unit.abolished_on is not None:
        parts.append(f"{unit.abolished_on.isoformat()} 撤销")
    if figures.excluded:
        parts.append(f"应到中 {figures.excluded} 人次不计入比率")
    waived = [result for result in unit.evaluation.results if result.outcome == WAIVED]
    if waived:
        parts.append("已豁免：" + "、".join(_names(waived, wording)))
    return "；".join(parts)


def _names(waived: Sequence[Result], wording: Wording) -> list[str]:
    """What is waived; every month or quarter of the year in one word, else the cell grows tall."""
    names: list[str] = []
    number = Counter(result.rule for result in waived)
    for result in waived:
        every, whole_year = _EVERY.get(result.rule, ("", 0))
        name = every if number[result.rule] == whole_year else wording.name(result)
        if name not in names:
            names.append(name)
    return names
