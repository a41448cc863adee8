"""Changes that belong together: every one is a transaction that tells reports what it touched."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from sessions.models import AnnualPlan, ReviewEvent, Status, StudySession, UnitReport
from sessions.reviews.switch import must_be_approved
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


# What waits to be announced together, None where everything is announced at once.
_held: ContextVar[list[tuple[set[int], set[int], bool]] | None] = ContextVar("held", default=None)


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
    due: date | None = None,
    version: int | None = None,
) -> ReviewEvent:
    """Adds one step to a session's, plan's or report's history and moves its status along.

    The step is dated with the local day of ``at``. ``fields`` and ``due`` belong to a return: what
    is to be corrected, until when. With ``version`` the thing must be as it was when its page was
    opened. Raises ReviewError if the status does not allow the step, or if somebody else moved
    the thing meanwhile; nothing is written then.
    """
    refuse_unfit(about, kind, reason)
    on = timezone.localdate(at)
    as_read = {} if version is None else {"version": version}
    with transaction.atomic():
        waits = kind == Kind.SUBMIT and must_be_approved(about.unit, by, on)
        moved = (
            type(about)
            .objects.filter(
                pk=about.pk, status=about.status, awaits_approval=about.awaits_approval, **as_read
            )
            .update(
                status=STATUS_AFTER.get(kind, Status(about.status)),
                awaits_approval=waits,
                version=F("version") + 1,
            )
        )
        if moved != 1:
            raise ReviewError(_("记录已被他人办理或修改，请核对最新内容后再办理。"))
        event = ReviewEvent.objects.create(
            kind=kind,
            on=on,
            at=at,
            by=by,
            reason=reason,
            fields=fields or [],
            due=due,
            in_unit=kind == Kind.RETURN and about.awaits_approval,
            session=about if isinstance(about, StudySession) else None,
            plan=about if isinstance(about, AnnualPlan) else None,
            report=about if isinstance(about, UnitReport) else None,
        )
        about.refresh_from_db(fields=["status", "awaits_approval", "version"])
        announce(unit_ids={about.unit_id}, years={_year_of(about)})
    return event


def refuse_unfit(about: Reviewed, kind: ReviewEvent.Kind, reason: str = "") -> None:
    """Raises ReviewError if the status of what was read does not allow the step."""
    if kind == Kind.RETURN and not reason.strip():
        raise ReviewError(_("退回必须写明原因。"))
    if kind not in ALLOWED[Status(about.status)]:
        raise ReviewError(
            _("当前状态为“%(status)s”，不能%(step)s。")
            % {"status": Status(about.status).label, "step": Kind(kind).label}
        )
    if about.awaits_approval and kind in (Kind.ACCEPT, Kind.FILE):
        raise ReviewError(_("还在等待单位审核领导审核，不能%s。") % Kind(kind).label)


def announce(*, unit_ids: set[int], years: set[int], counts: bool = True) -> None:
    """Says, inside the transaction of a change, whose records of which years it touched.

    ``counts`` is False for records that were drafts or returned before, and are so now.
    """
    held = _held.get()
    if held is None:
        records_changed.send(sender=StudySession, unit_ids=unit_ids, years=years, counts=counts)
    else:
        held.append((unit_ids, years, counts))


@contextmanager
def announced_together() -> Iterator[None]:
    """What the changes inside touched is said once, after the last of them.

    For many changes in one transaction: each word makes reports count the unit's year anew.
    """
    held: list[tuple[set[int], set[int], bool]] = []
    before = _held.set(held)
    try:
        yield
    finally:
        _held.reset(before)
    if held:
        units, years, counts = zip(*held, strict=True)
        announce(unit_ids=set().union(*units), years=set().union(*years), counts=any(counts))


def _year_of(about: Reviewed) -> int:
    return about.date.year if isinstance(about, StudySession) else about.year
