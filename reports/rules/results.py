"""What the rules answer: results, figures and the standing of one unit."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple, TypeAlias, cast

Actual: TypeAlias = int | float | date | tuple[int, int] | None
"""A number, a document's date, or for rates (numerator, base) in person-times."""

Json: TypeAlias = dict[str, object]


class Result(NamedTuple):
    """The outcome of one obligation (unit, rule, period). Shared between units: never change it.

    `required` is given for the annual rules (after proportion), `counts` (outcome to number of
    occurrences, none zero) for the folded ones, `reachable` for the rate.
    """

    rule: str
    period: str
    outcome: str
    severity: str
    actual: Actual = None
    required: int | None = None
    counts: Mapping[str, int] | None = None
    reachable: bool | None = None

    def to_json(self) -> Json:
        """Plain values; optional parts only where the rule has them."""
        actual: object = self.actual
        if isinstance(actual, date):
            actual = actual.isoformat()
        elif isinstance(actual, tuple):
            actual = list(actual)
        row: Json = {
            "rule": self.rule,
            "period": self.period,
            "outcome": self.outcome,
            "severity": self.severity,
            "actual": actual,
        }
        if self.required is not None:
            row["required"] = self.required
        if self.counts is not None:
            row["counts"] = dict(self.counts)
        if self.reachable is not None:
            row["reachable"] = self.reachable
        return row


class Figures(NamedTuple):
    """Sums over the counted sessions; attendance figures are person-times."""

    sessions: int = 0
    discussions: int = 0
    half_days: int = 0
    due: int = 0
    excluded: int = 0
    present: int = 0
    made_up: int = 0

    @property
    def base(self) -> int:
        """The denominator of both rates."""
        return self.due - self.excluded

    def to_json(self) -> dict[str, int]:
        """The figures by name."""
        return self._asdict()


class UnitEvaluation(NamedTuple):
    """One unit at one date: its standing, its figures and one result for each obligation."""

    standing: str
    figures: Figures
    results: tuple[Result, ...]

    def to_json(self) -> Json:
        """Plain values, results in the order of the rules and their periods."""
        return {
            "standing": self.standing,
            "figures": self.figures.to_json(),
            "results": [result.to_json() for result in self.results],
        }


def evaluation_from_json(data: Mapping[str, object]) -> UnitEvaluation:
    """A stored evaluation back as it was: the inverse of `UnitEvaluation.to_json`.

    Raises KeyError, TypeError or ValueError for data of another shape.
    """
    figures = cast(Mapping[str, int], data["figures"])
    rows = cast(Iterable[Mapping[str, object]], data["results"])
    return UnitEvaluation(
        standing=str(data["standing"]),
        figures=Figures(**figures),
        results=tuple(_result(row) for row in rows),
    )


def _result(row: Mapping[str, object]) -> Result:
    values = dict(row)
    actual = values.get("actual")
    if isinstance(actual, str):
        values["actual"] = date.fromisoformat(actual)
    elif isinstance(actual, list):
        values["actual"] = tuple(actual)
    return Result(**cast(Mapping[str, Any], values))
