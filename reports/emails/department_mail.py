"""What the department is told: how many stand where, who is behind with what. No ranking."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from reports.emails.items import Topics, title
from reports.periods import Month
from reports.rules.engine import RuleContext
from reports.rules.phrases import summarise
from reports.rules.results import UnitEvaluation
from reports.rules.words import (
    ATTENTION,
    BEHIND,
    MISSED,
    NOT_APPLICABLE,
    ON_TRACK,
    REQUIRED,
    STANDING_LABELS,
)

_ORDER: Final = (ON_TRACK, ATTENTION, BEHIND, NOT_APPLICABLE)


@dataclass(frozen=True)
class UnitStanding:
    """One unit below the department; they come in official order."""

    name: str
    evaluation: UnitEvaluation
    context: RuleContext


def monthly(
    name: str,
    month: Month,
    units: Iterable[UnitStanding],
    topics: Topics,
    without_address: Sequence[str],
) -> dict[str, Any]:
    """The finished values of the department's mail, but for the sentence on the workbook."""
    numbers: Counter[str] = Counter()
    behind: list[dict[str, Any]] = []
    for unit in units:
        standing = unit.evaluation.standing
        numbers[standing] += 1
        if standing == BEHIND:
            behind.append({"unit": unit.name, "items": _missed(unit, topics)})
    return {
        "unit": name,
        "period": month.label,
        "standings": [
            {"key": key, "label": STANDING_LABELS[key], "number": numbers[key]} for key in _ORDER
        ],
        "total": numbers.total(),
        "behind": behind,
        "without_address": without_address,
    }


def _missed(unit: UnitStanding, topics: Topics) -> list[str]:
    return [
        f"{title(result, topics)}——{summarise(result, unit.context)}"
        for result in unit.evaluation.results
        if result.outcome == MISSED and result.severity == REQUIRED
    ]
