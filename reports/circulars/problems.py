"""The types of problem a circular may tell of, and which obligations show them.

Plain values: the data-driven types are counted from what a closed month says of each unit.
"""

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from reports.models import CircularPassage
from reports.rules import registry as rules
from reports.rules.results import Result
from reports.rules.words import AT_RISK, MET_LATE, MISSED
from reports.workbook.data import RollupData, RollupUnit
from reports.workbook.obligations import Wording

Problem = CircularPassage.Problem

RULES_OF: Final[Mapping[str, frozenset[str]]] = {
    Problem.PLAN: frozenset({rules.PLAN_FILED}),
    Problem.SESSIONS: frozenset({rules.MONTHLY_SESSIONS, rules.ANNUAL_SESSIONS, rules.ANNUAL_DAYS}),
    Problem.DISCUSSIONS: frozenset({rules.QUARTERLY_DISCUSSIONS}),
    Problem.ATTENDANCE: frozenset({rules.ATTENDANCE_RATE}),
    Problem.TOPICS: frozenset({rules.REQUIRED_TOPICS}),
    Problem.QUOTAS: frozenset(
        {rules.SPEECHES_PER_MEMBER, rules.REFLECTIONS_PER_MEMBER, rules.RESEARCH_PER_MEMBER}
    ),
    Problem.MAKEUPS: frozenset({rules.MAKEUPS_DONE}),
    Problem.FILES: frozenset({rules.SESSION_FILE}),
    Problem.REPORTING: frozenset(
        {rules.REPORTED_ON_TIME, rules.HALF_YEAR_REPORT, rules.ANNUAL_REPORT}
    ),
}
"""Each obligation belongs to one type; the types left out are judged by people."""

JUDGED: Final = frozenset(Problem.values) - RULES_OF.keys()


class Unmet(NamedTuple):
    """A unit behind a type of problem, and what it misses in words."""

    unit_id: int
    words: str


class Behind(NamedTuple):
    """The units behind one type, in official order.

    ``missed`` are counted and printed. ``pending`` had not met it on the day either, but their
    time for reporting was not over.
    """

    missed: tuple[Unmet, ...] = ()
    pending: tuple[Unmet, ...] = ()


def problems_of(data: RollupData, unit_ids: Iterable[int]) -> dict[str, Behind]:
    """Every data-driven type with the units behind it; types nobody shows are left out."""
    missed: dict[str, list[Unmet]] = {}
    pending: dict[str, list[Unmet]] = {}
    for key, unit in zip(unit_ids, data.units, strict=True):
        wording = Wording(unit, data)
        for problem in RULES_OF:
            over = _results(unit, problem, MISSED)
            words = [_late(result) or wording.brief(result) for result in over]
            if words:
                missed.setdefault(problem, []).append(Unmet(key, "、".join(words)))
            elif words := [wording.brief(each) for each in _results(unit, problem, AT_RISK)]:
                pending.setdefault(problem, []).append(Unmet(key, "、".join(words)))
    return {
        problem: Behind(tuple(missed.get(problem, ())), tuple(pending.get(problem, ())))
        for problem in RULES_OF
        if problem in missed or problem in pending
    }


def late_reports(result: Result) -> int:
    """How many sessions were reported late, or not at all when time was over."""
    if result.rule != rules.REPORTED_ON_TIME or not result.counts:
        return 0
    return result.counts.get(MET_LATE, 0) + result.counts.get(MISSED, 0)


def _results(unit: RollupUnit, problem: str, outcome: str) -> list[Result]:
    """The unit's results of the outcome that show the problem. A session that was reported late
    is not missed any more, but was not reported on time: the workbook counts it as 迟报, and so
    does the circular.
    """
    wanted = RULES_OF[problem]
    results = [each for each in unit.evaluation.results if each.rule in wanted]
    if outcome != MISSED:
        return [each for each in results if each.outcome == outcome]
    return [each for each in results if each.outcome == MISSED or late_reports(each)]


def _late(result: Result) -> str:
    number = late_reports(result)
    return f"学习迟报{number}次" if number else ""
