"""The queue's page: fifty at a time, with what the checks see in each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from sessions.models import StudySession
from sessions.reviews.checks import sentences, session_findings
from sessions.reviews.dossiers import Dossier, dossiers, reviewable
from sessions.reviews.filters import asked
from sessions.reviews.page import address_of
from sessions.reviews.papers import LABELS, SESSION, title_of, waiting_in_units, year_of
from sessions.reviews.queue import Queue, Waiting
from sessions.reviews.terms import ReviewBook, review_book
from sessions.reviews.thread import unread_for
from units.access.requests import PortalRequest
from units.access.roles import Role

PAGE_LENGTH = 50


@dataclass(frozen=True, slots=True)
class QueueRow:
    """``tick`` is what a bulk acceptance sends; empty for what a person must look at.

    ``findings`` is None for plans and reports, which are judged on their own page.
    """

    kind: str
    title: str
    unit_name: str
    submitted_at: datetime
    is_overdue: bool
    address: str
    session: StudySession | None = None
    findings: list[str] | None = None

    @property
    def tick(self) -> str:
        is_clean = self.session is not None and self.findings == []
        return f"{self.session.pk}:{self.session.version}" if self.session and is_clean else ""


@require_safe
def review_queue(request: PortalRequest) -> HttpResponse:
    return queue_page(request)


def queue_page(
    request: PortalRequest, refused: Sequence[tuple[str, str]] = (), status: int = 200
) -> HttpResponse:
    """``refused``: what a bulk acceptance left out, each with the sentence why."""
    today = timezone.localdate()
    form = asked(request.GET)
    book = review_book({today.year, today.year - 1}, today)
    queue = Queue(request, form.cleaned_data, book.overdue_before)
    page = Paginator(queue.waits, PAGE_LENGTH).get_page(request.GET.get("page"))
    is_auditor = request.access.acting.role == Role.AUDITOR
    context: dict[str, Any] = {
        "form": form,
        "query": form.query,
        "counts": queue.counts,
        "overdue": sum(each.overdue for each in queue.counts),
        "page": page,
        "rows": _rows(list(page.object_list), queue, book, form.query),
        "is_auditor": is_auditor,
        "is_in_unit": queue.is_in_unit,
        "unread": unread_for(request.access.acting),
        "in_units": 0 if queue.is_in_unit else waiting_in_units(request.access.acting),
        "refused": refused,
    }
    return render(request, "sessions/reviews/queue.html", context, status=status)


def _rows(waits: list[Waiting], queue: Queue, book: ReviewBook, query: str) -> list[QueueRow]:
    """Two queries, for however many."""
    today = timezone.localdate()
    pks = [each.key.pk for each in waits if each.kind == SESSION]
    found = dossiers(reviewable(today).filter(pk__in=pks)) if pks else {}
    rows = []
    for each in waits:
        shared: dict[str, Any] = {
            "kind": str(LABELS[each.kind]),
            "submitted_at": each.key.at,
            "is_overdue": queue.is_overdue(each.key),
            "address": address_of(each.key, query),
        }
        if each.kind != SESSION:
            rows.append(QueueRow(title=each.title, unit_name=each.unit_name or "", **shared))
        elif each.key.pk in found:
            rows.append(_session_row(found[each.key.pk], book, today, shared))
    return rows


def _session_row(
    dossier: Dossier, book: ReviewBook, today: date, shared: dict[str, Any]
) -> QueueRow:
    session = dossier.session
    terms = book.terms(session.unit, year_of(session))
    return QueueRow(
        title=title_of(session),
        unit_name=getattr(session, "unit_name", None) or session.unit.code,
        session=session,
        findings=sentences(session_findings(dossier, terms, today)),
        **shared,
    )
