"""总体情况: what a closed month says of all units together, taken down once.

Every number comes from the rows the rollup workbook of the same month prints, or from the same
evaluations; nothing is counted in a second way. Rates are Σ/Σ of person-times.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from reports.circulars.problems import Behind, Unmet, problems_of
from reports.periods import Month
from reports.rules import registry as rules
from reports.rules.phrases import percent, plain_number
from reports.rules.results import Figures, Result
from reports.rules.words import (
    ATTENTION,
    BEHIND,
    MET,
    MET_LATE,
    NOT_APPLICABLE,
    ON_TRACK,
    WAIVED,
)
from reports.workbook.data import RollupData
from reports.workbook.summary import SUMMARY_COLUMNS, Row, summary_rows

COLUMN: Final = {column.header: place for place, column in enumerate(SUMMARY_COLUMNS)}
STANDINGS: Final = (ON_TRACK, ATTENTION, BEHIND, NOT_APPLICABLE)
PLAN, LATE, RETURNED = COLUMN["计划备案"], COLUMN["迟报(次)"], COLUMN["待重报(次)"]


class Share(NamedTuple):
    """So many of the units that were asked have done something."""

    key: str
    label: str
    met: int
    asked: int


class Mended(NamedTuple):
    """Things sent back by the department and problems found, and what became of them by the day."""

    returned: int = 0
    mended: int = 0
    findings: int = 0
    closed: int = 0


@dataclass(frozen=True, slots=True)
class Situation:
    """All units of a circular at the end of its half-year or year.

    ``standings`` and ``plans`` are numbers of units by standing and by the plan's word; ``late``
    and ``returned`` are sessions. ``happened`` is per unit, those without anything left out.
    """

    units: int
    standings: Mapping[str, int]
    figures: Figures
    plans: Mapping[str, int]
    late: int
    returned: int
    months: Sequence[Share] = ()
    quarters: Sequence[Share] = ()
    topics: Sequence[Share] = ()
    problems: Mapping[str, Behind] = field(default_factory=dict)
    happened: Mapping[int, Mended] = field(default_factory=dict)

    @property
    def days(self) -> str:
        return plain_number(self.figures.half_days / 2)

    @property
    def attendance(self) -> str:
        return percent(self.figures.present, self.figures.base)

    @property
    def participation(self) -> str:
        return percent(self.figures.present + self.figures.made_up, self.figures.base)

    @property
    def to_make_up(self) -> int:
        """Absent person-times nobody has made up yet."""
        return self.figures.base - self.figures.present - self.figures.made_up

    @property
    def mended(self) -> Mended:
        """Of all units together."""
        return Mended(*map(sum, zip(Mended(), *self.happened.values(), strict=True)))

    def behind(self, problem: str) -> Behind:
        return self.problems.get(problem, Behind())


def situation_of(
    data: RollupData, unit_ids: Sequence[int], happened: Mapping[int, Mended]
) -> Situation:
    """The situation of the units of a closed month; ``unit_ids`` in the order of ``data.units``."""
    rows = list(summary_rows(data))
    evaluations = [unit.evaluation for unit in data.units]
    standings = Counter(each.standing for each in evaluations)
    results = [result for each in evaluations for result in each.results]
    months = {month: f"{month}月" for month in range(1, data.month.month + 1)}
    quarters = dict(enumerate("一二三四"[: -(-data.month.month // 3)], start=1))
    year = data.month.year
    return Situation(
        units=len(rows),
        standings={key: standings[key] for key in STANDINGS if standings[key]},
        figures=Figures(*map(sum, zip(*(each.figures for each in evaluations), strict=True))),
        plans=_plans(rows),
        late=_total(rows, LATE),
        returned=_total(rows, RETURNED),
        months=_shares(
            results,
            rules.MONTHLY_SESSIONS,
            {Month(year, month).key: label for month, label in months.items()},
        ),
        quarters=_shares(
            results,
            rules.QUARTERLY_DISCUSSIONS,
            {f"{year}-Q{number}": f"{word}季度" for number, word in quarters.items()},
        ),
        topics=_shares(
            results,
            rules.REQUIRED_TOPICS,
            {key: it.name for key, it in data.topics.items() if it.facts.start <= data.as_of},
        ),
        problems=problems_of(data, unit_ids),
        happened=happened,
    )


def situation_to_json(situation: Situation) -> dict[str, Any]:
    """Plain values, to be stored with the circular."""
    return {
        "units": situation.units,
        "standings": dict(situation.standings),
        "figures": situation.figures.to_json(),
        "plans": dict(situation.plans),
        "late": situation.late,
        "returned": situation.returned,
        "months": [list(share) for share in situation.months],
        "quarters": [list(share) for share in situation.quarters],
        "topics": [list(share) for share in situation.topics],
        "problems": {
            key: {name: [list(each) for each in part] for name, part in behind._asdict().items()}
            for key, behind in situation.problems.items()
        },
        "happened": {str(key): list(mended) for key, mended in situation.happened.items()},
    }


def situation_from_json(stored: Mapping[str, Any]) -> Situation:
    """The situation as it was taken down: the inverse of `situation_to_json`."""
    return Situation(
        units=stored["units"],
        standings=stored["standings"],
        figures=Figures(**stored["figures"]),
        plans=stored["plans"],
        late=stored["late"],
        returned=stored["returned"],
        months=[Share(*share) for share in stored["months"]],
        quarters=[Share(*share) for share in stored["quarters"]],
        topics=[Share(*share) for share in stored["topics"]],
        problems={
            key: Behind(**{name: tuple(Unmet(*each) for each in part) for name, part in it.items()})
            for key, it in stored["problems"].items()
        },
        happened={int(key): Mended(*counts) for key, counts in stored["happened"].items()},
    )


def _plans(rows: Iterable[Row]) -> dict[str, int]:
    return dict(Counter(str(row[PLAN]) for row in rows))


def _total(rows: Iterable[Row], column: int) -> int:
    return sum(int(str(row[column])) for row in rows)


def _shares(results: Iterable[Result], rule: str, labels: Mapping[str, str]) -> list[Share]:
    """For each period or topic, how many of the units asked have met it, late ones included."""
    asked: Counter[str] = Counter()
    met: Counter[str] = Counter()
    for result in results:
        if result.rule == rule and result.outcome not in (NOT_APPLICABLE, WAIVED):
            asked[result.period] += 1
            met[result.period] += result.outcome in (MET, MET_LATE)
    return [Share(key, label, met[key], asked[key]) for key, label in labels.items() if asked[key]]
