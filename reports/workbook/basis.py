"""The sheet 口径说明: by which rules and formulas the figures came about."""

import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal

from reports.rules import registry
from reports.rules.facts import RuleFacts
from reports.rules.registry import RULES, Params, ParamSpec
from reports.rules.words import (
    COUNTS_AS_LABELS,
    EVIDENCE_LABELS,
    LEAVE_LABELS,
    MEASURE_LABELS,
    SEVERITY_LABELS,
    STATUS_LABELS,
    WARN_LABELS,
)
from reports.workbook.data import RollupData, RuleSetInUse
from reports.workbook.spec import CellKind, ColumnSpec

Pair = tuple[str, object]

BASIS_COLUMNS = (
    ColumnSpec("项目", 44, CellKind.WRAPPED),
    ColumnSpec("口径", 100, CellKind.WRAPPED),
)
FORMULAS: tuple[Pair, ...] = (
    (
        "统计范围",
        "本年内、统计截至日（含当日）以前的学习，以学习第一天为准，与填报日期无关；"
        "草稿、已退回、相关活动不计入各项数据。",
    ),
    ("到会率", "到会率 = 实到人次 ÷（应到人次 − 不计入人次）"),
    (
        "参学率",
        "参学率 =（实到人次 + 已确认补学人次）÷（应到人次 − 不计入人次）；"
        "补学只计入参学率，不改变到会率、次数和天数。",
    ),
    (
        "比率的取值",
        "按人次合计后相除，不取平均数的平均；显示时四舍五入到两位小数，是否达标按分数精确比较。"
        "分母为零时显示“—”。",
    ),
    ("应到人次", "学习当日在任的组长、副组长、成员；学习秘书和列席、旁听、授课人员不计。"),
    ("待补学人次", "计为缺席、尚无已确认补学的人次。"),
    ("累计天数", "半天数之和 ÷ 2。"),
    ("集体研讨", "学习形式为集体研讨或读书班，且达到最少发言人数的学习；专题讲座不算集体研讨。"),
    ("迟报(次)", "超过报送期限才首次报送，或至今未报送的学习次数。"),
    ("待重报(次)", "已退回、尚未重新报送的学习次数。"),
    ("学习台账", "列出已报送、已审核、已退回的学习；已退回的不计入各项数据。请假事由不列出。"),
    ("成员学习情况", "应学次数不含按规定不计入的请假；同一人在同一单位先后任职的合并为一行。"),
    ("单位次序", "按领导机关规定的次序排列，不按结果排名。"),
)


def basis_rows(data: RollupData, counts: Mapping[str, int]) -> Iterator[Pair]:
    """Key and value; `counts` is read last, when the other sheets have been written."""
    yield ("地区", data.county)
    yield ("统计期", data.month.label)
    yield ("统计截至", _long_date(data.as_of))
    yield ("数据来源", "封账数据" if data.closed else "实时数据（未封账）")
    yield ("打印时间", data.printed_at.strftime("%Y-%m-%d %H:%M"))
    calendars = (rule_set.context.calendar for rule_set in data.rule_sets)
    for warning in {calendar.warning([data.as_of.year]) for calendar in calendars} - {""}:
        yield ("工作日历", warning)
    yield from FORMULAS
    for rule_set in data.rule_sets:
        yield from _rule_set_rows(rule_set)
    for name, count in counts.items():
        yield (f"{name} 行数", count)
    yield ("数据校验值", data.checksum)


def _rule_set_rows(rule_set: RuleSetInUse) -> Iterator[Pair]:
    facts = rule_set.context.rule_set
    yield ("规则集", rule_set_name(rule_set))
    if rule_set.applies_to:
        yield ("适用范围", rule_set.applies_to)
    yield ("规则年度", facts.year)
    yield ("研讨最少发言人数", facts.min_speakers)
    yield ("个人任务最少在任天数", facts.min_service_days)
    yield ("退回更正期（工作日）", facts.correction_workdays)
    yield ("期末等待报送（工作日）", facts.settle_workdays)
    statuses = [label for key, label in STATUS_LABELS.items() if key in facts.counted_statuses]
    yield ("计入的审核状态", "、".join(statuses))
    for kind, counts_as in facts.leave_counts_as.items():
        yield (f"请假 · {LEAVE_LABELS.get(kind, kind)}", COUNTS_AS_LABELS[counts_as])
    for kind, days in facts.warn_days.items():
        yield (f"预警提前天数 · {WARN_LABELS.get(kind, kind)}", days)
    for rule in facts.rules:
        yield from _rule_rows(rule, facts.year)


def _rule_rows(rule: RuleFacts, year: int) -> Iterator[Pair]:
    spec = RULES[rule.key]
    if not rule.enabled:
        yield (spec.title, "未启用")
        return
    yield (spec.title, f"{spec.requirement}（{SEVERITY_LABELS[rule.severity]}）")
    params = Params.of(rule, year)
    for param in spec.params:
        yield (f"{spec.title} · {param.title}", _param_value(param, params))


def _param_value(param: ParamSpec, params: Params) -> object:
    match param.kind:
        case registry.DATE:
            return _long_date(params.day(param.name))
        case registry.RATE:
            return f"{(Decimal(params.text(param.name)) * 100).normalize():f}%"
        case registry.MEASURE:
            return MEASURE_LABELS[params.text(param.name)]
        case registry.KINDS:
            kinds = params.words(param.name)
            return "、".join(label for key, label in EVIDENCE_LABELS.items() if key in kinds)
    return params.number(param.name)


def _long_date(day: dt.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def rule_set_name(rule_set: RuleSetInUse) -> str:
    """`2026年县级考核规则（第2版）`."""
    return titled(rule_set.title, rule_set.version)


def titled(title: str, version: int) -> str:
    """A rule set's title with its version, 0 for none."""
    return f"{title}（第{version}版）" if version else title
