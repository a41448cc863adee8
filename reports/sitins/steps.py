"""What may happen to a sit-in and to a finding in each state, and where it leads."""

from typing import Final, NamedTuple

from reports.models import Finding, FindingEvent, SitIn, SitInEvent

Status, Kind = SitIn.Status, SitInEvent.Kind
FindingStatus, FindingKind = Finding.Status, FindingEvent.Kind


class Step(NamedTuple):
    """From which states a step leads where; None leaves the state as it is."""

    states: frozenset[str]
    to: str | None = None


SIT_IN_STEPS: Final = {
    Kind.EDIT: Step(frozenset({Status.PLANNED})),
    # Another day may be agreed upon, and the real day be put right until the feedback is given.
    Kind.AGREE: Step(frozenset({Status.PLANNED, Status.AGREED}), Status.AGREED),
    Kind.HOLD: Step(frozenset({Status.AGREED, Status.HELD}), Status.HELD),
    Kind.LINK: Step(frozenset({Status.HELD, Status.FED_BACK})),
    Kind.FEED_BACK: Step(frozenset({Status.HELD}), Status.FED_BACK),
    Kind.AMEND: Step(frozenset({Status.FED_BACK})),
    Kind.CANCEL: Step(frozenset({Status.PLANNED, Status.AGREED}), Status.CANCELLED),
}

_AT_THE_UNIT = frozenset({FindingStatus.OPEN, FindingStatus.SENT_BACK})
FINDING_STEPS: Final = {
    FindingKind.EDIT: Step(_AT_THE_UNIT | {FindingStatus.REPLIED}),
    FindingKind.PROGRESS: Step(_AT_THE_UNIT),
    FindingKind.REPLY: Step(_AT_THE_UNIT, FindingStatus.REPLIED),
    FindingKind.SIGN_OFF: Step(frozenset({FindingStatus.REPLIED}), FindingStatus.CLOSED),
    FindingKind.SEND_BACK: Step(frozenset({FindingStatus.REPLIED}), FindingStatus.SENT_BACK),
}
