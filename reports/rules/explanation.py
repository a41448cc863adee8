"""What an explanation is made of."""

import datetime as dt
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Final, NamedTuple

from reports.rules.reasons import REASON_LABELS
from reports.rules.results import Json

SESSION: Final = "session"
PERSON: Final = "person"
RECORD: Final = "record"
EVENT: Final = "event"
ROW_LABELS: Final[dict[str, str]] = {
    SESSION: "学习",
    PERSON: "成员",
    RECORD: "个人材料",
    EVENT: "办理记录",
}


class ExplainedRow(NamedTuple):
    """A row behind a verdict: which, of what day, and why it counts or does not."""

    kind: str
    id: Hashable
    on: dt.date | None
    reason: str
    note: str = ""

    @property
    def label(self) -> str:
        """The reason in Chinese."""
        return REASON_LABELS[self.reason]

    def to_json(self) -> Json:
        """Plain values."""
        return {
            "kind": self.kind,
            "id": self.id,
            "on": self.on.isoformat() if self.on else None,
            "reason": self.reason,
            "label": self.label,
            "note": self.note,
        }


class Rows(NamedTuple):
    """The rows counted and the rows left out."""

    counted: tuple[ExplainedRow, ...] = ()
    left_out: tuple[ExplainedRow, ...] = ()


NO_ROWS: Final = Rows()


@dataclass(frozen=True, slots=True)
class Explanation:
    """One obligation in Chinese sentences, and the rows behind it.

    `last_date` is the last day on which it can still be met (None: met already, or too late, or
    not for the unit to do); an empty sentence has nothing to say.
    """

    rule: str
    period: str
    summary: str
    required: str
    actual: str
    missing: str = ""
    last_date: dt.date | None = None
    deadline: str = ""
    advice: str = ""
    reachable: str = ""
    rows: Rows = NO_ROWS

    @property
    def sentences(self) -> tuple[str, ...]:
        """All that is to be said, in reading order."""
        parts = (
            self.required,
            self.actual,
            self.missing,
            self.deadline,
            self.reachable,
            self.advice,
        )
        return tuple(part for part in parts if part)

    def to_json(self) -> Json:
        """Plain values."""
        return {
            "summary": self.summary,
            "sentences": list(self.sentences),
            "last_date": self.last_date.isoformat() if self.last_date else None,
            "counted": [row.to_json() for row in self.rows.counted],
            "left_out": [row.to_json() for row in self.rows.left_out],
        }
