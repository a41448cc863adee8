"""What a search brings home, before anything is written."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from reports.models import Hint

Sort = Literal["sessions", "plans", "reports"]
Facts = dict[str, Any]
"""What a unit's side is about: ids under ``sessions``, ``plans``, ``reports``, ``files``; under
``attended`` rows of session, person and status; under ``shares`` percents by id; single figures
under ``day``, ``year``, ``number``, ``due``. JSON: lists and text keys only."""


class Paper(NamedTuple):
    """A session, plan or report. Papers of one ``event`` (a joint study) are alike by right."""

    unit: int
    sort: Sort
    id: int
    on: dt.date
    event: int


@dataclass(frozen=True, slots=True)
class Found:
    """One hint: ``key`` tells it from all others for ever, ``sides`` are facts by unit."""

    kind: Hint.Kind
    key: str
    first: dt.date
    last: dt.date
    sides: Mapping[int, Facts]


def about(
    kind: Hint.Kind, key: str, papers: Collection[Paper], more: Mapping[int, Facts] | None = None
) -> Found:
    """A hint about some papers, each on the side of its unit; ``more`` facts by unit."""
    sides: dict[int, Facts] = {}
    for paper in sorted(set(papers)):
        sides.setdefault(paper.unit, {}).setdefault(paper.sort, []).append(paper.id)
    for unit, facts in (more or {}).items():
        sides[unit] |= facts
    days = [paper.on for paper in papers]
    return Found(kind, f"{kind}:{key}", min(days), max(days), sides)


def are_apart(papers: Iterable[Paper]) -> bool:
    """Whether the papers are of more than one event."""
    return len({(paper.sort, paper.event) for paper in papers}) > 1
