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
from reports.rules.sums import Sums
from reports.rules.tally import is_discussion
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

    def judge(self, sums: Sums, results: list[Result]) -> None:
        """Add one result for each month or quarter of the year."""
        held = sums.months if self._monthly else sums.quarters
        if sums.active_all_year and not (sums.waivers or sums.waiting or sums.correcting):
            results.extend(
                [window[actual] for window, actual in zip(self._windows, held, strict=True)]
            )
            return
        for window, actual in zip(self._windows, held, strict=True):
            results.append(self._judge_window(window, actual, sums))

    def _judge_window(self, window: _Window, actual: int, sums: Sums) -> Result:
        if not sums.active_throughout(window.first, window.last):
            return window.none
        if sums.waived(self.key, window.key):
            return window.result(WAIVED, actual)
        result = window[actual]
        if result.outcome != MISSED:
            return result
        outcome = settled_outcome(
            window.required,
            actual,
            self._within(sums.waiting, window, sums),
            self._within(sums.correcting, window, sums),
        )
        return window.result(outcome, actual)

    def _within(self, sessions: list[SessionFacts], window: _Window, sums: Sums) -> int:
        least = sums.horizon.min_speakers
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

    def judge(self, sums: Sums, results: list[Result]) -> None:
        """Add the year's result."""
        required = -(-self._required * sums.months_due() // 12)
        if required == 0:
            results.append(Result(self.key, self._period, NOT_APPLICABLE, self._severity))
            return
        actual: Actual = sums.figures.half_days / 2 if self._by_days else sums.figures.sessions
        outcome = self._outcome(sums, required)
        results.append(Result(self.key, self._period, outcome, self._severity, actual, required))

    def _outcome(self, sums: Sums, required: int) -> str:
        if sums.waivers and sums.waived(self.key, self._period):
            return WAIVED
        wanted = required * 2 if self._by_days else required
        counted = sums.figures.half_days if self._by_days else sums.figures.sessions
        if counted >= wanted:
            return MET
        if not self._horizon.settled(sums.last):
            return self._horizon.unmet(sums.last, "year")
        return settled_outcome(
            wanted, counted, self._worth(sums.waiting), self._worth(sums.correcting)
        )

    def _worth(self, sessions: list[SessionFacts]) -> int:
        if self._by_days:
            return sum(session.half_days for session in sessions)
        return len(sessions)
