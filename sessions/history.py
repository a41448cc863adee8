"""The way of a plan or a report between the unit and the department, as its pages show it."""

from django.db.models import QuerySet

from accounts.models import AuditEvent
from sessions.models import AnnualPlan, ReviewEvent, Status, StudySession, UnitReport

Paper = AnnualPlan | UnitReport

# Where the unit may change what it wrote. A filed plan may be adjusted and submitted again.
EDITABLE_PLAN = frozenset({Status.DRAFT, Status.RETURNED, Status.FILED})
EDITABLE_REPORT = frozenset({Status.DRAFT, Status.RETURNED})

TONES = {
    Status.DRAFT: "secondary",
    Status.SUBMITTED: "primary",
    Status.ACCEPTED: "success",
    Status.FILED: "success",
    Status.RETURNED: "danger",
}


class StaleVersionError(Exception):
    """Somebody else changed or submitted the paper since it was opened."""


class IncompleteError(ValueError):
    """The plan or report cannot be submitted yet; ``faults`` are sentences for the user."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("".join(faults))
        self.faults = faults


def history_of(paper: Paper | StudySession) -> list[ReviewEvent]:
    """Every step, the latest first."""
    events: QuerySet[ReviewEvent] = paper.events.select_related("by").order_by("-on", "-pk")
    return list(events)


def return_to_mend(paper: Paper, history: list[ReviewEvent]) -> ReviewEvent | None:
    """The return that still waits for the unit; its ``fields`` name what is to be corrected."""
    if paper.status != Status.RETURNED:
        return None
    return next((event for event in history if event.kind == ReviewEvent.Kind.RETURN), None)


def was_filed(history: list[ReviewEvent]) -> bool:
    return any(event.kind == ReviewEvent.Kind.FILE for event in history)


def last_writer(paper: Paper) -> str:
    """The name of whoever changed the paper last, by the audit trail; empty if nobody did."""
    lines = AuditEvent.objects.filter(
        object_type=paper._meta.label_lower,
        object_id=str(paper.pk),
        result=AuditEvent.Result.DONE,
        actor__isnull=False,
    )
    last = lines.select_related("actor").order_by("-pk").first()
    return last.actor.full_name if last is not None and last.actor is not None else ""
