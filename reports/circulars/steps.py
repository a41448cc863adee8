"""What may happen to a circular in each state, and where it leads."""

from typing import Final, NamedTuple

from reports.models import Circular, CircularEvent

Status, Kind = Circular.Status, CircularEvent.Kind


class Step(NamedTuple):
    """From which states a step leads where; None leaves the state as it is."""

    states: frozenset[str]
    to: str | None = None


_DRAFT, _IN_HAND = frozenset({Status.DRAFT}), frozenset(Circular.IN_HAND)

CIRCULAR_STEPS: Final = {
    Kind.EDIT: Step(_DRAFT),
    Kind.TAKE_OVER: Step(_DRAFT),
    Kind.OPEN: Step(_IN_HAND),
    Kind.EXPLAIN: Step(_IN_HAND),
    Kind.SUBMIT: Step(_DRAFT, Status.SUBMITTED),
    Kind.SEND_BACK: Step(frozenset({Status.SUBMITTED, Status.APPROVED}), Status.DRAFT),
    Kind.APPROVE: Step(frozenset({Status.SUBMITTED}), Status.APPROVED),
    Kind.RECORD: Step(frozenset({Status.SUBMITTED}), Status.APPROVED),
    Kind.ISSUE: Step(frozenset({Status.APPROVED}), Status.ISSUED),
    Kind.SUPERSEDE: Step(frozenset({Status.ISSUED}), Status.SUPERSEDED),
    Kind.DISCARD: Step(_DRAFT, Status.DISCARDED),
}
WRITING: Final = frozenset({Kind.DRAFT, Kind.EDIT, Kind.TAKE_OVER, Kind.SUBMIT})
"""Whoever did one of these wrote the circular and cannot be the leader who approves it."""
