"""What a scenario is, and what it comes to."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tests.faults.stack import Stack


@dataclass
class Outcome:
    """The figures of the summary. `broken` are sentences on what must not have happened.

    `number` says how much was tried, `notes` what else was seen, `reduced` what ran smaller or
    shorter than its full figure, `left_out` why nothing was tried at all.
    """

    number: str
    duplicates: int = 0
    lost: int = 0
    errors: int = 0
    notes: str = ""
    reduced: str = ""
    left_out: str = ""
    broken: list[str] = field(default_factory=list)

    def expect(self, holds: bool, sentence: str) -> None:
        """Notes the sentence as broken unless it holds."""
        if not holds:
            self.broken.append(sentence)

    @property
    def verdict(self) -> str:
        if self.left_out:
            return "left out"
        return "pass" if self.passed else "FAIL"

    @property
    def passed(self) -> bool:
        return not (self.broken or self.duplicates or self.lost or self.errors)


class Scenario(NamedTuple):
    """One fault: the rows of the reliability table it answers, its name, and how it is tried."""

    name: str
    rows: str
    run: Callable[["Stack", Random], Outcome]


class Measured(NamedTuple):
    """A scenario that ran, and how many seconds it took."""

    scenario: Scenario
    outcome: Outcome
    seconds: float


HEAD = ("rows", "scenario", "number", "dup", "lost", "500s", "s", "verdict", "notes")


def table(measured: Sequence[Measured]) -> str:
    """The summary, a row a scenario, ready to be pasted into docs/faults.md."""
    lines = [HEAD, ("---",) * len(HEAD)]
    for each in measured:
        outcome = each.outcome
        said = [
            outcome.left_out,
            outcome.notes,
            outcome.reduced and f"reduced: {outcome.reduced}",
            *outcome.broken,
        ]
        lines.append(
            (
                each.scenario.rows,
                each.scenario.name,
                outcome.number,
                str(outcome.duplicates),
                str(outcome.lost),
                str(outcome.errors),
                f"{each.seconds:.0f}",
                outcome.verdict,
                "; ".join(filter(None, said)),
            )
        )
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
