"""Until when an obligation can still be met, and what to do about it."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import Final, NamedTuple

from reports.periods import Month, Quarter, parse_period
from reports.rules import registry as keys
from reports.rules.documents import document_events, document_state
from reports.rules.facts import SessionFacts
from reports.rules.folded import MakeupsDone, ReportedOnTime, SessionFile
from reports.rules.phrases import short_date
from reports.rules.registry import RULES
from reports.rules.results import Result
from reports.rules.rows_folded import rule_facts
from reports.rules.tally import Tally, is_discussion, state_at
from reports.rules.words import AT_RISK, MISSED, PARTICIPATION, PENDING


class Timing(NamedTuple):
    """The last day on which it can still be met, if any, the sentence on it, and the advice."""

    last_date: dt.date | None = None
    deadline: str = ""
    advice: str = ""


def timing(tally: Tally, result: Result) -> Timing:
    """The timing of an obligation that is open or missed; nothing to say of any other."""
    if result.outcome not in {AT_RISK, PENDING, MISSED}:
        return Timing()
    return _FAMILIES[RULES[result.rule].family](tally, result)


def _counts(tally: Tally, result: Result) -> Timing:
    period = parse_period(result.period)
    last = period.last if isinstance(period, Month | Quarter) else tally.last
    discussions = result.rule == keys.QUARTERLY_DISCUSSIONS
    least = tally.horizon.min_speakers
    correcting = [
        session
        for session in tally.correcting
        if period.first <= session.date <= last
        and (not discussions or is_discussion(session, least))
    ]
    advice = _COUNT_ADVICE[result.rule].format(least=least)
    return _studied_by(tally, result, last, correcting, advice)


def _topics(tally: Tally, result: Result) -> Timing:
    topic = next(topic for topic in tally.unit.topics if str(topic.id) == result.period)
    correcting = [
        session
        for session in tally.correcting
        if topic.id in session.topics and topic.start <= session.date <= topic.due
    ]
    advice = "安排一次学习并在登记时关联该内容；逾期学习记为逾期完成。"
    return _studied_by(tally, result, topic.due, correcting, advice)


def _studied_by(
    tally: Tally,
    result: Result,
    last: dt.date,
    correcting: Iterable[SessionFacts],
    advice: str,
) -> Timing:
    horizon = tally.horizon
    settle = horizon.settle_ends[last]
    said, settled = short_date(last, horizon), short_date(settle, horizon)
    if horizon.as_of <= last:
        return Timing(last, f"最迟{said}（含当日）开展学习，{settled}（含当日）前报送。", advice)
    if horizon.as_of <= settle:
        return Timing(
            settle,
            f"时段已于{said}结束，已开展的学习最迟{settled}（含当日）报送。",
            "请尽快报送已开展而尚未报送的学习，更正并重报被退回的学习。",
        )
    if result.outcome == PENDING:
        return Timing(None, f"时段已于{said}结束。", "已报送的学习待宣传部审核，审核通过后即达标。")
    if result.outcome == AT_RISK:
        ends = [_correct_by(session, tally) for session in correcting]
        by = min(ends, default=settle)
        return Timing(
            by,
            f"时段已于{said}结束，退回的学习最迟{short_date(by, horizon)}（含当日）更正重报。",
            "请按退回意见更正并重新报送，重报后计入原时段。",
        )
    return Timing(
        None,
        f"报送期限{settled}已过。",
        "不能用以后的学习补足本时段；时段内确已开展而未报送的学习，补报后重新计算。",
    )


def _correct_by(session: SessionFacts, tally: Tally) -> dt.date:
    _, since, _ = state_at(session.events, tally.horizon.as_of)
    return tally.horizon.correction_ends[since]


def _rate(tally: Tally, result: Result) -> Timing:
    horizon = tally.horizon
    settle = short_date(horizon.settle_ends[tally.last], horizon)
    if result.outcome == MISSED:
        return Timing(None, f"全年统计已于{settle}截止。", "补学经确认后，参学率仍会更新。")
    advice = "后续学习请保证到会，确有冲突的提前调整学习日期。"
    if horizon.params(result.rule).text("measure") == PARTICIPATION:
        still = tally.absent - tally.made_up
        advice = f"尚有 {still} 人次缺席未补学，请尽快补学并确认。" if still else advice
    last = tally.last if horizon.as_of <= tally.last else horizon.settle_ends[tally.last]
    deadline = f"统计至{short_date(tally.last, horizon)}，{settle}后定论。"
    return Timing(last if result.reachable else None, deadline, advice)


def _quotas(tally: Tally, result: Result) -> Timing:
    horizon = tally.horizon
    settle = horizon.settle_ends[tally.last]
    if result.outcome == MISSED:
        return Timing(
            None,
            f"期限{short_date(settle, horizon)}已过。",
            "年内确已完成而未登记的，补登后重新计算。",
        )
    last = tally.last if horizon.as_of <= tally.last else settle
    said = short_date(tally.last, horizon)
    return Timing(
        last,
        f"最迟{said}（含当日）完成，{short_date(settle, horizon)}（含当日）前登记报送。",
        _QUOTA_ADVICE[result.rule],
    )


def _documents(tally: Tally, result: Result) -> Timing:
    horizon = tally.horizon
    due = horizon.params(result.rule).day("due")
    events = document_events(tally.unit, result.rule)
    state = document_state(events, horizon.as_of, horizon.correction_ends)
    if state.returned and state.kept and state.correct_by and horizon.as_of <= state.correct_by:
        by, kept = short_date(state.correct_by, horizon), short_date(state.kept, horizon)
        return Timing(
            max(state.correct_by, due) if state.kept <= due else None,
            f"已退回；{by}（含当日）前重新报送的，仍按{kept}计。",
            "请按退回意见更正后重新报送。",
        )
    said = short_date(due, horizon)
    what = f"{'更正并重新报送' if state.returned else '报送'}{_DOCUMENT_NOUNS[result.rule]}"
    if horizon.as_of > due:
        return Timing(None, f"期限{said}已过。", f"请尽快{what}，报送后记为逾期完成。")
    return Timing(due, f"最迟{said}（含当日）报送。", f"请按时{what}。")


def _folded(tally: Tally, result: Result) -> Timing:
    horizon = tally.horizon
    ends = [day for day in _open_deadlines(tally, result.rule) if day >= horizon.as_of]
    advice = _FOLDED_ADVICE[result.rule]
    if not ends:
        return Timing(None, "未完成的各项期限均已过。", advice)
    by = min(ends)
    return Timing(by, f"最近一项于{short_date(by, horizon)}（含当日）到期。", advice)


def _open_deadlines(tally: Tally, key: str) -> list[dt.date]:
    rule = rule_facts(tally.horizon, key)
    if key == keys.REPORTED_ON_TIME:
        reporting = ReportedOnTime(rule, tally.horizon)
        return [reporting.deadlines[ended] for ended, sent in tally.reports if sent is None]
    if key == keys.MAKEUPS_DONE:
        makeups = MakeupsDone(rule, tally.horizon)
        return [makeups.deadline(day) for day, made_on in tally.owed if made_on is None]
    filing = SessionFile(rule, tally.horizon)
    return [
        filing.deadlines[session.end_date]
        for session in tally.counted
        if filing.completed(session.evidence) is None
    ]


_DOCUMENT_NOUNS: Final = {
    keys.PLAN_FILED: "年度学习计划",
    keys.HALF_YEAR_REPORT: "半年报告",
    keys.ANNUAL_REPORT: "年度总结",
}
_COUNT_ADVICE: Final = {
    keys.MONTHLY_SESSIONS: "请安排集中学习，结束后及时登记报送。",
    keys.QUARTERLY_DISCUSSIONS: (
        "请安排集体研讨：形式为集体研讨或读书班，且至少 {least} 名到会成员发言；讲座不算研讨。"
    ),
    keys.ANNUAL_SESSIONS: "请按月安排集中学习，结束后及时登记报送。",
    keys.ANNUAL_DAYS: "请安排集中学习，并按实际时长登记半天数。",
}
_QUOTA_ADVICE: Final = {
    keys.SPEECHES_PER_MEMBER: "请在后续学习中为尚未完成的成员安排重点发言。",
    keys.REFLECTIONS_PER_MEMBER: "请提醒尚未完成的成员撰写并登记心得体会。",
    keys.RESEARCH_PER_MEMBER: "请提醒尚未完成的成员完成并登记调研报告。",
}
_FOLDED_ADVICE: Final = {
    keys.REPORTED_ON_TIME: "请尽快报送尚未报送的学习；逾期报送记为逾期完成。",
    keys.MAKEUPS_DONE: "请安排缺席人员补学并由负责人确认；逾期补学记为逾期完成。",
    keys.SESSION_FILE: "请补齐所缺材料；逾期补齐记为逾期完成。",
}
_FAMILIES: Final[Mapping[str, Callable[[Tally, Result], Timing]]] = {
    keys.SESSIONS: _counts,
    keys.TOPICS: _topics,
    keys.RATES: _rate,
    keys.QUOTAS: _quotas,
    keys.DOCUMENTS: _documents,
    keys.FOLDED: _folded,
}
