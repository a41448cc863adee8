"""The rule `attendance_rate`: sums of person-times over the year, never a mean of rates."""

from decimal import Decimal

from reports.rules.facts import RuleFacts
from reports.rules.horizon import Horizon
from reports.rules.registry import ATTENDANCE_RATE, MONTHLY_SESSIONS, Params
from reports.rules.results import Result
from reports.rules.sums import Sums
from reports.rules.words import (
    AT_RISK,
    MET,
    MISSED,
    NOT_APPLICABLE,
    PARTICIPATION,
    PENDING,
    WAIVED,
)


class AttendanceRate:
    """到会率 or 参学率 of the year against a threshold, compared as exact fractions."""

    def __init__(self, rule: RuleFacts, horizon: Horizon) -> None:
        params = Params.of(rule, horizon.year.year)
        self._severity = rule.severity
        self._horizon = horizon
        self._period = horizon.year_key
        self._participation = params.text("measure") == PARTICIPATION
        self._min_sessions = params.number("min_sessions")
        self._over, self._under = Decimal(params.text("required")).as_integer_ratio()

    def judge(self, sums: Sums, results: list[Result]) -> None:
        """Add the year's result; `actual` is (numerator, base)."""
        figures = sums.figures
        base = figures.due - figures.excluded
        if base == 0:
            results.append(Result(ATTENDANCE_RATE, self._period, NOT_APPLICABLE, self._severity))
            return
        numerator = figures.present + (figures.made_up if self._participation else 0)
        enough = self._reaches(numerator, base)
        results.append(
            Result(
                ATTENDANCE_RATE,
                self._period,
                self._outcome(sums, enough=enough),
                self._severity,
                (numerator, base),
                reachable=enough or self._reachable(sums, numerator, base),
            )
        )

    def _reaches(self, numerator: int, base: int) -> bool:
        return numerator * self._under >= base * self._over

    def _outcome(self, sums: Sums, *, enough: bool) -> str:
        if sums.waivers and sums.waived(ATTENDANCE_RATE, self._period):
            return WAIVED
        if enough:
            return MET
        if self._horizon.settled(sums.last):
            return MISSED
        judged = sums.figures.sessions >= self._min_sessions or self._horizon.as_of > sums.last
        return AT_RISK if judged else PENDING

    def _reachable(self, sums: Sums, numerator: int, base: int) -> bool:
        """Whether full attendance in the months left, and every open make-up, would suffice."""
        if self._participation:
            numerator += sums.absent - sums.made_up
        coming = sessions_to_come(sums) * sums.in_office()
        return self._reaches(numerator + coming, base + coming)


def sessions_to_come(sums: Sums) -> int:
    """The sessions the months left still ask for, this month's own shortfall included."""
    horizon = sums.horizon
    left = 0
    for month, held in zip(horizon.year.months, sums.months, strict=True):
        asked = (
            month.last > horizon.as_of
            and sums.active_throughout(month.first, month.last)
            and not sums.waived(MONTHLY_SESSIONS, month.key)
        )
        if asked:
            left += max(0, horizon.month_required - held)
    return left
