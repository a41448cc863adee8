"""Facts in, evaluation out: every obligation of one unit at one day.

What follows from the day and the rule set alone is worked out once, in a `RuleContext` that all
units of the rule set share.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from functools import partial
from operator import itemgetter
from typing import Final, Protocol

from reports.periods import WorkingCalendar
from reports.rules import registry as keys
from reports.rules.brief import BriefUnit
from reports.rules.brief_sums import BriefSums, Meanings
from reports.rules.counts import AnnualCounts, PeriodCounts
from reports.rules.documents import DocumentDue
from reports.rules.facts import RuleFacts, RuleSetFacts, UnitFacts
from reports.rules.folded import MakeupsDone, ReportedOnTime, SessionFile
from reports.rules.horizon import Horizon
from reports.rules.quotas import MemberQuota
from reports.rules.rates import AttendanceRate
from reports.rules.results import Result, UnitEvaluation
from reports.rules.sums import Sums
from reports.rules.tally import Tally
from reports.rules.topics import RequiredTopics
from reports.rules.words import (
    ADVISORY,
    AT_RISK,
    ATTENTION,
    BEHIND,
    MISSED,
    NOT_APPLICABLE,
    ON_TRACK,
    REQUIRED,
    WAIVED,
)


class Judge(Protocol):
    """A rule made ready for one day."""

    def judge(self, sums: Sums, results: list[Result]) -> None:
        """Add the rule's results for one unit."""


_JUDGES: Final[Mapping[str, Callable[[RuleFacts, Horizon], Judge]]] = {
    keys.PLAN_FILED: DocumentDue,
    keys.MONTHLY_SESSIONS: PeriodCounts,
    keys.QUARTERLY_DISCUSSIONS: PeriodCounts,
    keys.ANNUAL_SESSIONS: partial(AnnualCounts, by_days=False),
    keys.ANNUAL_DAYS: partial(AnnualCounts, by_days=True),
    keys.ATTENDANCE_RATE: AttendanceRate,
    keys.SPEECHES_PER_MEMBER: MemberQuota,
    keys.REFLECTIONS_PER_MEMBER: MemberQuota,
    keys.RESEARCH_PER_MEMBER: MemberQuota,
    keys.REPORTED_ON_TIME: ReportedOnTime,
    keys.MAKEUPS_DONE: MakeupsDone,
    keys.REQUIRED_TOPICS: RequiredTopics,
    keys.HALF_YEAR_REPORT: DocumentDue,
    keys.ANNUAL_REPORT: DocumentDue,
    keys.SESSION_FILE: SessionFile,
}

_NOTHING_DUE: Final = frozenset({NOT_APPLICABLE, WAIVED})
# Outcome and severity.
_outcome: Final = itemgetter(2, 3)


class RuleContext(Horizon):
    """A rule set at a day: build it once, then evaluate any number of units with it.

    Raises KeyError for an unknown rule, TypeError or ValueError for parameters that
    `validation.problems` would have named.
    """

    __slots__ = ("judges", "meanings")

    def __init__(self, rule_set: RuleSetFacts, calendar: WorkingCalendar, as_of: dt.date) -> None:
        super().__init__(rule_set, calendar, as_of)
        self.meanings = Meanings(self)
        self.judges: dict[str, Judge] = {
            rule.key: _JUDGES[rule.key](rule, self) for rule in rule_set.rules if rule.enabled
        }


def evaluate(unit: UnitFacts | BriefUnit, context: RuleContext) -> UnitEvaluation:
    """The unit's standing, figures and results, in the order of the rules and their periods.

    The same for a unit in brief as for its facts.
    """
    sums: Sums
    if isinstance(unit, BriefUnit):
        sums = BriefSums(unit, context, context.meanings)
    else:
        sums = Tally(unit, context)
    results: list[Result] = []
    for judge in context.judges.values():
        judge.judge(sums, results)
    return UnitEvaluation(_standing(results, sums), sums.figures, tuple(results))


def _standing(results: list[Result], sums: Sums) -> str:
    outcomes = set(map(_outcome, results))
    words = {outcome for outcome, _ in outcomes}
    if words <= _NOTHING_DUE:
        return NOT_APPLICABLE
    if (MISSED, REQUIRED) in outcomes:
        return BEHIND
    if AT_RISK in words or (MISSED, ADVISORY) in outcomes or sums.stands_returned:
        return ATTENTION
    return ON_TRACK
