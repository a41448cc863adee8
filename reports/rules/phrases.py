"""A result in one Chinese line, for workbooks, mails and the top of an explanation.

Only the result and the rule set's context are needed, so that a stored evaluation can be
worded again without its facts.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Final, NamedTuple

from reports.periods import Month, Quarter, parse_period
from reports.rules import registry as keys
from reports.rules.facts import TopicFacts
from reports.rules.folded import WORST_FIRST
from reports.rules.horizon import Horizon
from reports.rules.registry import RULES
from reports.rules.results import Result
from reports.rules.words import (
    AT_RISK,
    EVIDENCE_LABELS,
    MEASURE_LABELS,
    MISSED,
    NOT_APPLICABLE,
    OUTCOME_LABELS,
    PENDING,
)


class Clauses(NamedTuple):
    """What is required, what there is, what is missing ('' if nothing)."""

    required: str
    actual: str
    missing: str = ""


def percent(numerator: int, base: int) -> str:
    """A rate in per cent, two decimals, half up: `89.90%`; `—` where there is no base."""
    if base == 0:
        return "—"
    hundredths = (numerator * 20000 + base) // (2 * base)
    return f"{hundredths // 100}.{hundredths % 100:02d}%"


def short_date(day: dt.date, horizon: Horizon) -> str:
    """`3月31日`, with the year where it is not the rule set's."""
    year = "" if day.year == horizon.year.year else f"{day.year}年"
    return f"{year}{day.month}月{day.day}日"


def period_name(key: str) -> str:
    """`3月`, `一季度` or `全年`."""
    period = parse_period(key)
    if isinstance(period, Month):
        return f"{period.month}月"
    if isinstance(period, Quarter):
        return f"{'一二三四'[period.quarter - 1]}季度"
    return "全年"


def plain_number(value: object) -> str:
    """A number without trailing zeros: 3.5, 4; a county's sums in full: 144000.5."""
    return f"{value:.12g}" if isinstance(value, float) else str(value)


def in_title_marks(name: str) -> str:
    """`《全会精神》`; a name that brings marks of its own stays as it is."""
    return name if "《" in name else f"《{name}》"


def summarise(result: Result, horizon: Horizon, topics: Iterable[TopicFacts] = ()) -> str:
    """One line: outcome, what is required, what there is, what is missing, until when."""
    label = OUTCOME_LABELS[result.outcome]
    if result.outcome == NOT_APPLICABLE:
        why = _NOT_APPLICABLE_RULES.get(result.rule, _NOT_APPLICABLE[RULES[result.rule].family])
        return f"{label}：{why}"
    words = clauses(result, horizon, topics)
    parts = [words.required, words.actual]
    if result.outcome in {AT_RISK, PENDING, MISSED}:
        parts += [words.missing, _until(result, horizon)]
    return f"{label}：{'，'.join(part for part in parts if part)}"


def clauses(result: Result, horizon: Horizon, topics: Iterable[TopicFacts] = ()) -> Clauses:
    """The result's clauses by family; for an inapplicable one the requirement alone is sound."""
    if result.rule == keys.REQUIRED_TOPICS:
        return _topic(result, horizon, topics)
    return _FAMILIES[RULES[result.rule].family](result, horizon)


def _until(result: Result, horizon: Horizon) -> str:
    period = parse_period(result.period) if RULES[result.rule].family == keys.SESSIONS else None
    if not isinstance(period, Month | Quarter):
        return ""
    settle = short_date(horizon.settle_ends[period.last], horizon)
    if horizon.as_of <= period.last:
        return f"最迟{short_date(period.last, horizon)}开展、{settle}报送"
    if not horizon.settled(period.last):
        return f"已开展的最迟{settle}报送"
    return {PENDING: "待宣传部审核", AT_RISK: "退回的学习更正重报后可补足"}.get(
        result.outcome, f"报送期限{settle}已过"
    )


def _counts(result: Result, horizon: Horizon) -> Clauses:
    required = result.required or horizon.params(result.rule).number("required")
    verb, unit = _COUNT_WORDS[result.rule]
    actual = result.actual if isinstance(result.actual, int | float) else 0
    missing = required - actual
    return Clauses(
        f"{period_name(result.period)}应{verb} {required} {unit}",
        f"已计 {plain_number(actual)} {unit}",
        f"还差 {plain_number(missing)} {unit}" if missing > 0 else "",
    )


def _rate(result: Result, horizon: Horizon) -> Clauses:
    params = horizon.params(result.rule)
    measure = MEASURE_LABELS[params.text("measure")]
    threshold = Decimal(params.text("required"))
    required = f"{measure}应不低于 {(threshold * 100).normalize():f}%"
    if not isinstance(result.actual, tuple):
        return Clauses(required, f"{measure}为 —")
    numerator, base = result.actual
    over, under = threshold.as_integer_ratio()
    short = -(-base * over // under) - numerator
    return Clauses(
        required,
        f"现为 {percent(numerator, base)}（{numerator}/{base} 人次）",
        f"按现有基数还差 {short} 人次" if short > 0 else "",
    )


def _quota(result: Result, horizon: Horizon) -> Clauses:
    required = horizon.params(result.rule).number("required")
    noun, unit = _QUOTA_WORDS[result.rule]
    short = result.actual if isinstance(result.actual, int) else 0
    return Clauses(
        f"每名成员全年{noun}不少于 {required} {unit}",
        f"尚有 {short} 人未完成" if short else "应完成的成员均已完成",
    )


def _document(result: Result, horizon: Horizon) -> Clauses:
    title = RULES[result.rule].title
    due = horizon.params(result.rule).day("due")
    required = f"{title}最迟{short_date(due, horizon)}报送"
    if isinstance(result.actual, dt.date):
        return Clauses(required, f"有效报送日期为{short_date(result.actual, horizon)}")
    late = result.outcome == AT_RISK and horizon.as_of > due
    return Clauses(required, "已退回，更正期内重报可恢复原日期" if late else "尚无有效报送")


def _folded(result: Result, horizon: Horizon) -> Clauses:
    counts = result.counts or {}
    unit = "人次" if result.rule == keys.MAKEUPS_DONE else "次"
    found = "、".join(
        f"{OUTCOME_LABELS[word]} {counts[word]} {unit}" for word in WORST_FIRST if word in counts
    )
    return Clauses(_FOLDED_WORDS[result.rule](horizon), f"其中{found}" if found else "")


def _topic(result: Result, horizon: Horizon, topics: Iterable[TopicFacts]) -> Clauses:
    topic = next((topic for topic in topics if str(topic.id) == result.period), None)
    window = "在规定时间内"
    if topic is not None:
        start, due = short_date(topic.start, horizon), short_date(topic.due, horizon)
        window = f"在{start}至{due}"
    return Clauses(f"必学内容应{window}学习 1 次", f"已计 {result.actual or 0} 次")


def _reporting(horizon: Horizon) -> str:
    workdays = horizon.params(keys.REPORTED_ON_TIME).number("workdays")
    return f"每次学习结束后 {workdays} 个工作日内报送"


def _making_up(horizon: Horizon) -> str:
    return f"缺席人员应在 {horizon.params(keys.MAKEUPS_DONE).number('days')} 天内补学并确认"


def _filing(horizon: Horizon) -> str:
    params = horizon.params(keys.SESSION_FILE)
    wanted = params.words("required_kinds")
    kinds = "、".join(label for kind, label in EVIDENCE_LABELS.items() if kind in wanted)
    return f"每次学习结束后 {params.number('workdays')} 个工作日内备齐{kinds}"


_COUNT_WORDS: Final = {
    keys.MONTHLY_SESSIONS: ("学", "次"),
    keys.QUARTERLY_DISCUSSIONS: ("研讨", "次"),
    keys.ANNUAL_SESSIONS: ("学", "次"),
    keys.ANNUAL_DAYS: ("学", "天"),
}
_QUOTA_WORDS: Final = {
    keys.SPEECHES_PER_MEMBER: ("重点发言", "次"),
    keys.REFLECTIONS_PER_MEMBER: ("心得体会", "篇"),
    keys.RESEARCH_PER_MEMBER: ("调研报告", "篇"),
}
_FOLDED_WORDS: Final[Mapping[str, Callable[[Horizon], str]]] = {
    keys.REPORTED_ON_TIME: _reporting,
    keys.MAKEUPS_DONE: _making_up,
    keys.SESSION_FILE: _filing,
}
_FAMILIES: Final[Mapping[str, Callable[[Result, Horizon], Clauses]]] = {
    keys.SESSIONS: _counts,
    keys.RATES: _rate,
    keys.QUOTAS: _quota,
    keys.DOCUMENTS: _document,
    keys.FOLDED: _folded,
}
_NOT_APPLICABLE: Final = {
    keys.SESSIONS: "单位在该时段内没有全程存续，不作要求",
    keys.RATES: "计入的学习中没有应到人次",
    keys.QUOTAS: "没有须承担该任务的成员",
    keys.DOCUMENTS: "单位在截止日期之后成立，或在此前已撤销",
    keys.FOLDED: "本年尚无需要检查的事项",
    keys.TOPICS: "单位在规定时间内没有全程存续，不作要求",
}
_NOT_APPLICABLE_RULES: Final = dict.fromkeys(
    (keys.ANNUAL_SESSIONS, keys.ANNUAL_DAYS), "本年没有须学习的完整月份，不作要求"
)
