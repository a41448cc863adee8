"""Keeping and handing in what came in, with the same lines in the trail as the pages write."""

from collections.abc import Mapping
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid4, uuid5

from django.utils import timezone
from rest_framework.request import Request

from accounts.trail import record_for
from sessions.models import ReviewEvent, StudySession
from sessions.recording.drafts import open_draft
from sessions.recording.findings import Finding
from sessions.recording.ground import Ground
from sessions.recording.submitting import submit
from sessions.recording.written import Written
from sessions.services import refuse_unfit
from units.access.requests import PortalRequest
from units.models import Unit
from units.rest.replaying import HEADER, fingerprint_of


def token_of(request: Request, place: int = 0) -> UUID:
    """The token of the form: the same request, however late it is repeated, makes one record, and
    a key that is used anew for another request, long after the first is forgotten, another one.

    ``place`` tells the records of one request apart.
    """
    key = request.headers.get(HEADER)
    if not key:
        return uuid4()
    return uuid5(NAMESPACE_URL, f"{request.user.pk} {key} {fingerprint_of(request)} {place}")


def open_by_program(
    request: PortalRequest,
    unit: Unit,
    token: UUID,
    written: Written,
    ground: Ground | None = None,
) -> tuple[StudySession, list[str]]:
    """A new draft and what changed, as ``open_draft`` gives and raises it."""
    return open_draft(
        unit=unit,
        token=token,
        written=written,
        by=request.access.user,
        source=StudySession.Source.API,
        ground=ground,
    )


def note_saved(request: PortalRequest, session: StudySession, changed: list[str]) -> None:
    if changed:
        after = {"changed": changed, "version": session.version}
        record_for(request, action="session.save", about=session, after=after)


def hand_in(
    request: PortalRequest,
    session: StudySession,
    sent: Mapping[str, Any],
    ground: Ground | None = None,
) -> list[Finding]:
    """Submits what is stored with what ``sent`` confirms; returns what there is to know.

    Raises ReviewError first if the state does not allow it, then NotReadyError.
    """
    refuse_unfit(session, ReviewEvent.Kind.SUBMIT)
    counts = sent.get("counts") or {}
    return submit(
        session=session,
        at=timezone.now(),
        by=request.access.user,
        declared=bool(sent.get("declared")),
        counts=(counts.get("due"), counts.get("here")),
        warnings_accepted=bool(sent.get("warnings_accepted")),
        ground=ground,
    )


def note_submitted(request: PortalRequest, session: StudySession, changed: list[str]) -> None:
    after = {"changed": changed, "version": session.version}
    record_for(request, action="session.submit", about=session, after=after)
