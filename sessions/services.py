"""Changes that belong together: every one is a transaction that tells reports what it touched."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from sessions.models import AnnualPlan, ReviewEvent, Status, StudySession, UnitReport
from sessions.signals import records_changed

Reviewed = StudySession | AnnualPlan | UnitReport
Kind = ReviewEvent.Kind

STATUS_AFTER = {
    Kind.SUBMIT: Status.SUBMITTED,
    Kind.ACCEPT: Status.ACCEPTED,
    Kind.FILE: Status.FILED,
    Kind.RETURN: Status.RETURNED,
    Kind.WITHDRAW: Status.DRAFT,
}
# What may happen to a thing in each status. Approval inside the unit changes no status.
ALLOWED = {
    Status.DRAFT: {Kind.SUBMIT},
    Status.SUBMITTED: {Kind.APPROVE, Kind.ACCEPT, Kind.FILE, Kind.RETURN, Kind.WITHDRAW},
    Status.ACCEPTED: {Kind.RETURN},
    Status.FILED: {Kind.SUBMIT, Kind.RETURN},
    Status.RETURNED: {Kind.SUBMIT},
}


class ReviewError(ValueError):
    """The step does not fit the status; the message says so to the user."""


def record_event(
    *,
    about: Reviewed,
    kind: ReviewEvent.Kind,
    at: datetime,
    by: User | None = None,
    reason: str = "",
    fields: list[str] | None = None,
) -> ReviewEvent:
    """Adds one step to a session's, plan's or report's history and moves its status along.

    The step is dated with the local day of ``at``. Raises ReviewError if the status does not
    allow it, or if somebody else moved it meanwhile; nothing is written then.
    """
    if kind == Kind.RETURN and not reason.strip():
        raise ReviewError(_("退回必须写明原因。"))
    if kind not in ALLOWED[Status(about.status)]:
        raise ReviewError(
            _("当前状态为“%(status)s”，不能%(step)s。")
            % {"status": Status(about.status).label, "step": Kind(kind).label}
        )
    after = STATUS_AFTER.get(kind, Status(about.status))
    with transaction.atomic():
        moved = (
            type(about)
            .objects.filter(pk=about.pk, status=about.status)
            .update(status=after, version=F("version") + 1)
        )
        if moved != 1:
            raise ReviewError(_("记录已被他人办理，请刷新后再试。"))
        event = ReviewEvent.objects.create(
            kind=kind,
            on=timezone.localdate(at),
            at=at,
            by=by,
            reason=reason,
            fields=fields or [],
            session=about if isinstance(about, StudySession) else None,
            plan=about if isinstance(about, AnnualPlan) else None,
            report=about if isinstance(about, UnitReport) else None,
        )
        about.refresh_from_db(fields=["status", "version"])
        announce(unit_ids={about.unit_id}, years={_year_of(about)})
    return event


def announce(*, unit_ids: set[int], years: set[int]) -> None:
    """Says, inside the transaction of a change, whose records of which years it touched."""
    records_changed.send(sender=StudySession, unit_ids=unit_ids, years=years)


def _year_of(about: Reviewed) -> int:
    return about.date.year if isinstance(about, StudySession) else about.year
