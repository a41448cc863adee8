"""The rows behind each figure of a circular: which unit adds what, as the month was closed."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from reports.circulars.basis import closed_units, rollup_of, unit_ids_of
from reports.circulars.problems import Behind
from reports.circulars.situation import COLUMN, Mended, Share, Situation, situation_from_json
from reports.circulars.table import printed
from reports.models import Circular, CircularPassage
from reports.rules import registry as rules
from reports.rules.words import (
    AT_RISK,
    MISSED,
    NOT_APPLICABLE,
    OUTCOME_LABELS,
    STANDING_LABELS,
    WAIVED,
)
from reports.workbook.data import RollupData, RollupUnit
from reports.workbook.summary import SUMMARY_COLUMNS, Row, summary_rows

_PARTS: Final = {
    "month": rules.MONTHLY_SESSIONS,
    "quarter": rules.QUARTERLY_DISCUSSIONS,
    "topic": rules.REQUIRED_TOPICS,
}
_MENDED: Final = {
    "mended": ("退回(件)", "已更正重报(件)"),
    "findings": ("发现问题(个)", "已销号(个)"),
}


class Figure(NamedTuple):
    """A figure of the circular: its key in addresses, what it is called, how it is printed."""

    key: str
    label: str
    value: str


class FigureLine(NamedTuple):
    """What one unit adds to a figure."""

    unit_id: int
    name: str
    cells: Sequence[str]


@dataclass(frozen=True, slots=True)
class FigureTable:
    """A figure with its headings and the units behind it, in official order."""

    figure: Figure
    headings: Sequence[str]
    lines: Sequence[FigureLine]


@dataclass(frozen=True, slots=True)
class _Columns:
    """Columns of the workbook behind a figure; units for which `counts` says no are left out."""

    headers: tuple[str, ...]
    counts: Callable[[Row], bool] = bool


def _over(header: str) -> Callable[[Row], bool]:
    return lambda row: bool(row[COLUMN[header]])


_RATES: Final = _Columns(("应到人次", "实到人次", "待补学人次", "到会率", "参学率", "备注"))
_BY_COLUMN: Final = {
    "units": _Columns(("状态", "未达标项", "备注")),
    "sessions": _Columns(("累计集中学习(次)",)),
    "discussions": _Columns(("累计集体研讨(次)",)),
    "days": _Columns(("累计天数",)),
    "attendance": _RATES,
    "participation": _RATES,
    "make-ups": _Columns(("待补学人次",), _over("待补学人次")),
    "plans": _Columns(("计划备案",)),
    "late": _Columns(("迟报(次)",), _over("迟报(次)")),
    "returned": _Columns(("待重报(次)",), _over("待重报(次)")),
}


def figures_of(situation: Situation) -> list[Figure]:
    """Every figure of the circular in the order of its text."""
    sums, mended = situation.figures, situation.mended
    plans = "，".join(f"{word}{number}个" for word, number in situation.plans.items())
    return [
        Figure("units", "纳入统计的单位", f"{situation.units}个"),
        *(
            Figure(f"standing-{key}", f"其中{STANDING_LABELS[key]}", f"{number}个")
            for key, number in situation.standings.items()
        ),
        Figure("sessions", "集中学习", f"{sums.sessions}次"),
        Figure("discussions", "集体研讨", f"{sums.discussions}次"),
        Figure("days", "累计天数", f"{situation.days}天"),
        Figure("attendance", "到会率", situation.attendance),
        Figure("participation", "参学率", situation.participation),
        Figure("make-ups", "待补学", f"{situation.to_make_up}人次"),
        Figure("plans", "年度学习计划", plans),
        *_shares("month", "集中学习达到要求", situation.months),
        *_shares("quarter", "集体研讨达到要求", situation.quarters),
        *_shares("topic", "必学内容已学", situation.topics),
        Figure("late", "学习迟报", f"{situation.late}次"),
        Figure("returned", "退回待重报", f"{situation.returned}次"),
        Figure("mended", "退回的材料", f"{mended.returned}件，已重报{mended.mended}件"),
        Figure("findings", "检查发现问题", f"{mended.findings}个，已销号{mended.closed}个"),
        *(_problem(key, behind) for key, behind in situation.problems.items()),
    ]


def figure_table(circular: Circular, key: str, now: dt.datetime) -> FigureTable | None:
    """The rows behind the figure of that key; None if the circular has no such figure."""
    situation = situation_from_json(circular.situation)
    figure = next((each for each in figures_of(situation) if each.key == key), None)
    if figure is None:
        return None
    part, _dash, rest = key.partition("-")
    units = closed_units(circular.closing, circular.root)
    if part == "problem" or part in _MENDED:
        names = dict(units.values_list("unit_id", "short_name"))
        if part in _MENDED:
            return FigureTable(figure, _MENDED[part], _mended_lines(part, situation, names))
        return FigureTable(figure, ("状态", "事项"), _problem_lines(situation.behind(rest), names))
    data = rollup_of(circular, now)
    ids = unit_ids_of(units)
    if part in _PARTS:
        return FigureTable(figure, ["结果", "实际"], list(_results(data, ids, _PARTS[part], rest)))
    columns = _standing(rest) if part == "standing" else _BY_COLUMN[key]
    return FigureTable(figure, columns.headers, list(_rows(data, ids, columns)))


def _shares(part: str, words: str, shares: Sequence[Share]) -> Iterator[Figure]:
    for share in shares:
        value = f"{share.met}个（应学{share.asked}个）"
        yield Figure(f"{part}-{share.key}", f"{share.label}{words}", value)


def _problem(key: str, behind: Behind) -> Figure:
    label = str(CircularPassage.Problem(key).label)
    more = f"，另有预警{len(behind.pending)}个" if behind.pending else ""
    return Figure(f"problem-{key}", label, f"{len(behind.missed)}个{more}")


def _problem_lines(behind: Behind, names: Mapping[int, str]) -> list[FigureLine]:
    told = ((OUTCOME_LABELS[MISSED], behind.missed), (OUTCOME_LABELS[AT_RISK], behind.pending))
    return [
        FigureLine(each.unit_id, names[each.unit_id], (word, each.words))
        for word, part in told
        for each in part
    ]


def _mended_lines(part: str, situation: Situation, names: Mapping[int, str]) -> list[FigureLine]:
    """Units to which any of it happened."""
    lines = []
    for key, name in names.items():
        mended = situation.happened.get(key, Mended())
        counts = mended[:2] if part == "mended" else mended[2:]
        if any(counts):
            lines.append(FigureLine(key, name, [str(number) for number in counts]))
    return lines


def _standing(standing: str) -> _Columns:
    label = STANDING_LABELS[standing]

    def counts(row: Row) -> bool:
        return printed(row[COLUMN["状态"]], SUMMARY_COLUMNS[COLUMN["状态"]].kind) == label

    return _Columns(("状态", "未达标项", "预警项", "备注"), counts)


def _rows(data: RollupData, ids: Sequence[int], columns: _Columns) -> Iterator[FigureLine]:
    places = [COLUMN[header] for header in columns.headers]
    for key, row in zip(ids, summary_rows(data), strict=True):
        if columns.counts(row):
            cells = [printed(row[place], SUMMARY_COLUMNS[place].kind) for place in places]
            yield FigureLine(key, str(row[COLUMN["单位"]]), cells)


def _results(data: RollupData, ids: Sequence[int], rule: str, period: str) -> Iterator[FigureLine]:
    """Each unit that was asked: whether it has met it, and how often it studied."""
    for key, unit in zip(ids, data.units, strict=True):
        cells = _result(unit, rule, period)
        if cells:
            yield FigureLine(key, unit.name, cells)


def _result(unit: RollupUnit, rule: str, period: str) -> list[str]:
    result = unit.result(rule, period)
    if result is None or result.outcome in (NOT_APPLICABLE, WAIVED):
        return []
    return [OUTCOME_LABELS[result.outcome], f"{result.actual}次"]
