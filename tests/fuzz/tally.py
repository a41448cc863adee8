"""What came of all the requests."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Tally:
    """Answers by operation, caller and status; faults, each with the shortest request for it."""

    answers: Counter[tuple[str, str, int]] = field(default_factory=Counter)
    faults: dict[tuple[str, str], str] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)

    def note(self, label: str, fault: str, request: str) -> None:
        known = self.faults.get((label, fault))
        if known is None or len(request) < len(known):
            self.faults[label, fault] = request

    def add(self, other: "Tally") -> None:
        self.answers += other.answers
        self.left_out += other.left_out
        for (label, fault), request in other.faults.items():
            self.note(label, fault, request)


def table(tally: Tally) -> str:
    """Operations by the answers they gave, then what was left out, then the faults."""
    by_operation: dict[str, Counter[int]] = {}
    for (label, _caller, status), number in sorted(tally.answers.items()):
        by_operation.setdefault(label, Counter())[status] += number
    lines = [
        f"{label:<52}{statuses.total():>7}  {_told(statuses)}"
        for label, statuses in by_operation.items()
    ]
    total: Counter[int] = sum(by_operation.values(), Counter())
    lines.append(f"{len(by_operation)} operations, {total.total()} requests: {_told(total)}")
    lines += [f"left out: {each}" for each in tally.left_out]
    for (label, fault), request in sorted(tally.faults.items()):
        lines += ["", f"FAULT {label}", f"  {fault}", f"  {request[:1500]}"]
    return "\n".join(lines)


def _told(statuses: Counter[int]) -> str:
    return " ".join(f"{status}:{number}" for status, number in sorted(statuses.items()))
