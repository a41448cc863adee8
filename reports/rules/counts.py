"""Rules that count: sessions a month, discussions a quarter, sessions and days a year.

Days are half-days ÷ 2; they are compared as half-days, so that nothing is rounded.
"""

import datetime as dt
from collections.abc import Iterable

from reports.periods import Month, Quarter
from reports.rules.facts import RuleFacts, SessionFacts
from reports.rules.horizon import Horizon
from reports.rules.registry import MONTHLY_SESSIONS, Params
from reports.rules.results import Actual, Result
from reports.rules.tally import Tally, is_discussion
from reports.rules.words import AT_RISK, MET, MISSED, NOT_APPLICABLE, PENDING, WAIVED


def settled_outcome(required: int, counted: int, waiting: int, correcting: int) -> str:
    """What an unmet obligation is once settled.

    Pending while the county's acceptance alone is missing, at risk while a correction still open
    would complete it, else missed.
    """
    if counted + waiting >= required:
        return PENDING
    if counted + waiting + correcting >= required:
        return AT_RISK
    return MISSED


class _Window(dict[int, Result]):
    """One period's results by number counted, for units with nothing in suspense."""

    def __init__(self, rule: RuleFacts, period: Month | Quarter, required: int, late: str) -> None:
        super().__init__()
        self.rule = rule
        self.key = period.key
        self.first = period.first
        self.last = period.last
        self.required = required
        self.late = late
        self.none = Result(rule.key, self.key, NOT_APPLICABLE, rule.severity)

    def result(self, outcome: str, actual: int) -> Result:
        return Result(self.rule.key, self.key, outcome, self.rule.severity, actual)

    def __missing__(self, actual: int) -> Result:
        result = self[actual] = self.result(MET if actual >= self.required else self.late, actual)
        return result


class PeriodCounts:
    """`monthly_sessions` and `quarterly_discussions`: one obligation for each period."""

    def __init__(self, rule: RuleFacts, horizon: Horizon) -> None:
        self.key = rule.key
        self._monthly = rule.key == MONTHLY_SESSIONS
        required = Params.of(rule, horizon.year.year).number("required")
        periods: Iterable[Month | Quarter] = (
            horizon.year.months if self._monthly else horizon.year.quarters
        )
        warn = "month" if self._monthly else "quarter"
        self._windows = [
            _Window(rule, period, required, self._late(period.last, warn, horizon))
            for period in periods
        ]

    @staticmethod
    def _late(last: dt.date, warn: str, horizon: Horizon) -> str:
        return MISSED if horizon.settled(last) else horizon.unmet(last, warn)

    def judge(self, tally: Tally, results: list[Result]) -> None:
        """Add one result for each month or quarter of the year."""
        held = tally.months if self._monthly else tally.quarters
        if tally.active_all_year and not (tally.unit.waivers or tally.waiting or tally.correcting):
            results.extend(
                [window[actual] for window, actual in zip(self._windows, held, strict=True)]
            )
            return
        for window, actual in zip(self._windows, held, strict=True):
            results.append(self._judge_window(window, actual, tally))

    def _judge_window(self, window: _Window, actual: int, tally: Tally) -> Result:
        if not tally.active_throughout(window.first, window.last):
            return window.none
        if tally.waived(self.key, window.key):
            return window.result(WAIVED, actual)
        result = window[actual]
        if result.outcome != MISSED:
            return result
        outcome = settled_outcome(
            window.required,
            actual,
            self._within(tally.waiting, window, tally),
            self._within(tally.correcting, window, tally),
        )
        return window.result(outcome, actual)

    def _within(self, sessions: list[SessionFacts], window: _Window, tally: Tally) -> int:
        least = tally.horizon.min_speakers
        return sum(
            window.first <= session.date <= window.last
            and (self._monthly or is_discussion(session, least))
            for session in sessions
        )


class AnnualCounts:
    """`annual_sessions` and `annual_days`: one obligation a year, in proportion to full months."""

    def __init__(self, rule: RuleFacts, horizon: Horizon, *, by_days: bool) -> None:
        self.key = rule.key
        self._severity = rule.severity
        self._by_days = by_days
        self._required = Params.of(rule, horizon.year.year).number("required")
        self._period = horizon.year_key
        self._horizon = horizon

    def judge(self, tally: Tally, results: list[Result]) -> None:
        """Add the year's result."""
        required = -(-self._required * tally.months_due() // 12)
        if required == 0:
            results.append(Result(self.key, self._period, NOT_APPLICABLE, self._severity))
            return
        actual: Actual = tally.figures.half_days / 2 if self._by_days else tally.figures.sessions
        outcome = self._outcome(tally, required)
        results.append(Result(self.key, self._period, outcome, self._severity, actual, required))

    def _outcome(self, tally: Tally, required: int) -> str:
        if tally.unit.waivers and tally.waived(self.key, self._period):
            return WAIVED
        wanted = required * 2 if self._by_days else required
        counted = self._worth(tally.counted)
        if counted >= wanted:
            return MET
        if not self._horizon.settled(tally.last):
            return self._horizon.unmet(tally.last, "year")
        return settled_outcome(
            wanted, counted, self._worth(tally.waiting), self._worth(tally.correcting)
        )

    def _worth(self, sessions: list[SessionFacts]) -> int:
        if self._by_days:
            return sum(session.half_days for session in sessions)
        return len(sessions)
