"""A sheet as page and workbook print it, from what is entered or from what was published."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from reports.assessments import scoring
from reports.assessments.reading import Reason, SheetView
from reports.assessments.scoring import Total, plain
from reports.models import AssessmentResult, AssessmentScore

_PLAIN = (
    "item", "project", "content", "points", "method", "self_score", "score", "applies",
    "is_adjusted",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """One item in words; `item` is its id, `entered` what stands beside the scores."""

    item: int
    project: str
    content: str
    points: str
    method: str
    self_score: str
    score: str
    applies: bool
    is_data: bool
    is_adjusted: bool
    reasons: tuple[Reason, ...]
    entered: AssessmentScore | None = None

    @property
    def why(self) -> str:
        """扣分原因 in one cell."""
        return "；".join(f"{one.text} {one.amount}".strip() for one in self.reasons)


@dataclass(frozen=True, slots=True)
class Printed:
    """A sheet in words. `points` are those of all items, `possible` of those that apply;
    `self_score` is '' while the unit has not scored everything.
    """

    lines: list[PrintedLine]
    points: str
    possible: str
    score: str
    self_score: str
    rate: str
    grade: str
    missing: int
    open: int

    @property
    def left_out(self) -> list[PrintedLine]:
        """The items that do not apply."""
        return [line for line in self.lines if not line.applies]


def of_sheet(view: SheetView) -> Printed:
    """What is entered so far."""
    lines = [
        PrintedLine(
            item=line.item.pk,
            project=line.item.project,
            content=line.item.content,
            points=line.points,
            method=line.method,
            self_score=line.self_score,
            score=line.score,
            applies=line.found.applies,
            is_data=line.is_data,
            is_adjusted=line.is_adjusted,
            reasons=line.reasons,
            entered=line.entered,
        )
        for line in view.lines
    ]
    own = "" if view.self_total.missing else plain(view.self_total.score)
    return Printed(
        lines=lines,
        points=_sum(line.item.points for line in view.lines),
        possible=plain(view.total.possible),
        score=plain(view.total.score),
        self_score=own,
        rate=scoring.percent(view.total),
        grade=view.grade,
        missing=view.total.missing,
        open=view.open,
    )


def of_result(
    result: AssessmentResult, scores: Sequence[AssessmentScore] = (), behind: str = ""
) -> Printed:
    """What was published; `scores` bring the unit's own words, `behind` leads to obligations."""
    entered = {score.item_id: score for score in scores}
    lines = [_line(line, entered, behind) for line in result.lines]
    total = Total(result.possible, result.score, 0)
    return Printed(
        lines=lines,
        points=_sum(Decimal(line.points) for line in lines),
        possible=plain(result.possible),
        score=plain(result.score),
        self_score="" if result.self_score is None else plain(result.self_score),
        rate=scoring.percent(total),
        grade=result.grade,
        missing=0,
        open=0,
    )


def _line(
    said: Mapping[str, Any], entered: Mapping[int, AssessmentScore], behind: str
) -> PrintedLine:
    words = {name: said[name] for name in _PLAIN}
    reasons = tuple(
        Reason(text, amount, f"{behind}#duty-{rule}-{period}" if behind and rule else "")
        for text, amount, rule, period in said["reasons"]
    )
    return PrintedLine(
        **words,
        is_data=said["kind"] == "data",
        reasons=reasons,
        entered=entered.get(said["item"]),
    )


def _sum(points: Iterable[Decimal]) -> str:
    return plain(sum(points, scoring.NOTHING))
