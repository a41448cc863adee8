"""What is to be said about a record before it is submitted."""

from dataclasses import dataclass
from enum import Enum


class Level(Enum):
    ERROR = "error"  # cannot be submitted
    WARNING = "warning"  # can be, once the clerk says that it is meant
    NOTICE = "notice"  # a fact nobody can change any more


@dataclass(frozen=True, slots=True)
class Finding:
    """A sentence for the user and the name of the field it is about (see fields.py)."""

    field: str
    text: str
    level: Level = Level.ERROR


class NotReadyError(ValueError):
    """The record cannot be submitted as it stands; ``findings`` say why, errors and warnings."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__("\n".join(each.text for each in findings))
        self.findings = findings
