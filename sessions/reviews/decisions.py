"""What an auditor or an approver decides about one thing; each decision is one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from sessions.models import AnnualPlan, ReviewEvent, Status, StudySession
from sessions.reviews.checks import sentences, session_findings
from sessions.reviews.dossiers import dossiers, reviewable
from sessions.reviews.papers import year_of
from sessions.reviews.terms import ReviewBook
from sessions.services import Reviewed, ReviewError, record_event

Kind = ReviewEvent.Kind


@dataclass(frozen=True, slots=True)
class ReturnNote:
    """Why something goes back: ``fields`` as fields.returnable names them, ``due`` in days."""

    reason: str
    due: date | None = None
    fields: Sequence[str] = field(default_factory=tuple)


def accept(*, about: Reviewed, version: int, at: datetime, by: User) -> ReviewEvent:
    """Accepts what was submitted; a plan is filed. ``version`` is the one that was looked at.

    Raises ReviewError if it waits in the unit, was dealt with, or was changed since, and for whom
    it comes from: one person in two roles is one person (GB/T 22239-2019, 8.1.4.2 d).
    """
    if by.pk in authors_of(list(about.events.order_by("-on", "-pk"))):
        raise ReviewError(_("这一件由您报送或在单位内审核通过，须由其他审核员办理；您可以退回。"))
    kind = Kind.FILE if isinstance(about, AnnualPlan) else Kind.ACCEPT
    return record_event(about=about, kind=kind, at=at, by=by, version=version)


def send_back(
    *, about: Reviewed, version: int, at: datetime, by: User, note: ReturnNote
) -> ReviewEvent:
    """Returns to the unit what it submitted, also after acceptance. Raises as ``accept`` does."""
    if about.awaits_approval:
        raise ReviewError(_("还在等待单位审核领导审核，不能退回。"))
    return _return(about, version, at, by, note)


def accept_clean(
    *, pk: int, version: int, at: datetime, by: User, book: ReviewBook
) -> StudySession:
    """Accepts one session in which the checks find nothing, judged at this moment.

    Raises ReviewError with what was found, or as ``accept`` does.
    """
    with transaction.atomic():
        StudySession.objects.select_for_update().get(pk=pk)
        today = timezone.localdate(at)
        session = reviewable(today).get(pk=pk)
        terms = book.terms(session.unit, year_of(session))
        found = session_findings(dossiers([session])[pk], terms, today)
        if found:
            raise ReviewError("".join(sentences(found)))
        accept(about=session, version=version, at=at, by=by)
    return session


def approve(*, about: Reviewed, version: int, at: datetime, by: User) -> ReviewEvent:
    """Lets a submission pass on to the department. Nobody approves what they submitted."""
    with transaction.atomic():
        _refuse_approver(about, by)
        return record_event(about=about, kind=Kind.APPROVE, at=at, by=by, version=version)


def send_back_in_unit(
    *, about: Reviewed, version: int, at: datetime, by: User, note: ReturnNote
) -> ReviewEvent:
    """Returns to the clerk what waits in the unit, before the department sees it."""
    with transaction.atomic():
        _refuse_approver(about, by)
        return _return(about, version, at, by, note)


def noted(about: Reviewed, event: ReviewEvent) -> dict[str, Any]:
    """What the trail says of a decision."""
    after: dict[str, Any] = {"status": about.status, "version": about.version}
    if event.kind == Kind.RETURN:
        after |= {"reason": event.reason, "fields": event.fields, "due": event.due}
    return after


def submitter_of(history: Sequence[ReviewEvent]) -> int | None:
    """The id of whoever submitted last; ``history`` has the latest step first."""
    return next((event.by_id for event in history if event.kind == Kind.SUBMIT), None)


def authors_of(history: Sequence[ReviewEvent]) -> set[int | None]:
    """The ids of who submitted last and of who let that pass on; ``history`` as above."""
    authors = set()
    for event in history:
        if event.kind in (Kind.SUBMIT, Kind.APPROVE):
            authors.add(event.by_id)
        if event.kind == Kind.SUBMIT:
            break
    return authors


def _refuse_approver(about: Reviewed, by: User) -> None:
    if about.status != Status.SUBMITTED or not about.awaits_approval:
        raise ReviewError(_("这一件不在等待单位审核，可能已经办理。"))
    if submitter_of(list(about.events.order_by("-on", "-pk"))) == by.pk:
        raise ReviewError(_("本人报送的不能由本人审核，请由其他审核领导办理。"))


def _return(about: Reviewed, version: int, at: datetime, by: User, note: ReturnNote) -> ReviewEvent:
    return record_event(
        about=about,
        kind=Kind.RETURN,
        at=at,
        by=by,
        reason=note.reason,
        fields=list(note.fields),
        due=note.due,
        version=version,
    )
