"""Handing a record in, and taking it back before anybody looked at it."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from sessions.models import ReviewEvent, StudySession
from sessions.recording.checks import findings
from sessions.recording.findings import Finding, Level, NotReadyError
from sessions.recording.ground import Ground
from sessions.recording.joint import carry_to_partners, invite_partners
from sessions.recording.sheet import Sheet, sheet_of
from sessions.services import record_event


@transaction.atomic
def submit(
    *,
    session: StudySession,
    at: datetime,
    by: User | None,
    declared: bool,
    counts: tuple[int | None, int | None] | None,
    warnings_accepted: bool = False,
    ground: Ground | None = None,
) -> list[Finding]:
    """Submits the stored record and gives the units studied with their drafts.

    ``declared``: the clerk declares anew that nothing classified is in it. ``counts``: 应到 and
    实到 as the clerk confirmed them. Returns notices to be told. Raises NotReadyError with every
    error and every warning not accepted, ReviewError if the status does not allow it; nothing is
    written then. ``ground`` is that of the record's unit, read afresh if not given.
    """
    session = StudySession.objects.select_for_update().select_related("unit").get(pk=session.pk)
    sheet = sheet_of(session, timezone.localdate(at), ground or Ground(session.unit))
    found = findings(sheet) + _confirmations(sheet, declared=declared, counts=counts)
    stopping = [each for each in found if each.level is Level.ERROR]
    warned = [each for each in found if each.level is Level.WARNING]
    if stopping or (warned and not warnings_accepted):
        raise NotReadyError(stopping + warned)
    record_event(about=session, kind=ReviewEvent.Kind.SUBMIT, at=at, by=by)
    if session.joint_taken.pop("carried", None):
        session.save(update_fields=["joint_taken"])
    if sheet.is_joint:
        invite_partners(lead=session, by=by)
        carry_to_partners(lead=session, at=at, by=by)
    return [each for each in found if each.level is Level.NOTICE]


def withdraw(
    *, session: StudySession, at: datetime, by: User | None, reason: str = ""
) -> ReviewEvent:
    """Makes a submitted record a draft again. Raises ReviewError once it was reviewed."""
    return record_event(about=session, kind=ReviewEvent.Kind.WITHDRAW, at=at, by=by, reason=reason)


def _confirmations(
    sheet: Sheet, *, declared: bool, counts: tuple[int | None, int | None] | None
) -> list[Finding]:
    found = []
    due, here = sheet.counts
    if counts != (due, here):
        found.append(
            Finding(
                "counts",
                _("请核对后勾选：应到 %(due)s 人，实到 %(here)s 人。") % {"due": due, "here": here},
            )
        )
    if not declared:
        found.append(Finding("declared", _("请核对后勾选：不含涉密内容。")))
    return found
