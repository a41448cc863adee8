"""The queue's page: fifty at a time, with what the checks see in each."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from sessions.models import StudySession
from sessions.plans.views import plans_named
from sessions.reviews.checks import (
    plan_findings,
    report_findings,
    sentences,
    session_findings,
)
from sessions.reviews.dossiers import dossiers, reviewable
from sessions.reviews.filters import asked
from sessions.reviews.page import address_of
from sessions.reviews.papers import PLAN, REPORT, SESSION, Key, kind_label, title_of, year_of
from sessions.reviews.queue import Queue
from sessions.reviews.terms import ReviewBook, review_book
from sessions.reviews.thread import unread_for
from sessions.services import Reviewed
from sessions.unit_reports.views import reports_named
from units.access.requests import PortalRequest
from units.access.roles import Role

PAGE_LENGTH = 50


@dataclass(frozen=True, slots=True)
class QueueRow:
    """``tick`` is what a bulk acceptance sends; empty for what a person must look at."""

    about: Reviewed
    kind: str
    title: str
    unit_name: str
    submitted_at: datetime
    is_overdue: bool
    address: str
    tick: str
    findings: list[str] = field(default_factory=list)

    @property
    def day(self) -> date | None:
        return self.about.date if isinstance(self.about, StudySession) else None


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
    page = Paginator(queue.keys, PAGE_LENGTH).get_page(request.GET.get("page"))
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
        "refused": refused,
    }
    return render(request, "sessions/reviews/queue.html", context, status=status)


def _rows(keys: list[Key], queue: Queue, book: ReviewBook, query: str) -> list[QueueRow]:
    """At most five queries, for however many."""
    today = timezone.localdate()
    wanted: dict[str, list[int]] = {SESSION: [], PLAN: [], REPORT: []}
    for key in keys:
        wanted[key.paper].append(key.pk)
    shown: dict[tuple[str, int], tuple[Reviewed, list[str]]] = {}
    for session, said in _sessions(wanted[SESSION], book, today):
        shown[SESSION, session.pk] = session, said
    if wanted[PLAN]:
        plans = plans_named().filter(pk__in=wanted[PLAN]).prefetch_related("items")
        shown |= {(PLAN, plan.pk): (plan, sentences(plan_findings(plan))) for plan in plans}
    if wanted[REPORT]:
        reports = reports_named().filter(pk__in=wanted[REPORT])
        shown |= {(REPORT, each.pk): (each, sentences(report_findings(each))) for each in reports}
    return [
        _row(key, *shown[key.paper, key.pk], queue, query)
        for key in keys
        if (key.paper, key.pk) in shown
    ]


def _sessions(
    pks: list[int], book: ReviewBook, today: date
) -> list[tuple[StudySession, list[str]]]:
    if not pks:
        return []
    found = []
    for dossier in dossiers(reviewable(today).filter(pk__in=pks)).values():
        session = dossier.session
        terms = book.terms(session.unit, year_of(session))
        found.append((session, sentences(session_findings(dossier, terms, today))))
    return found


def _row(key: Key, about: Reviewed, said: list[str], queue: Queue, query: str) -> QueueRow:
    is_clean = isinstance(about, StudySession) and not said
    return QueueRow(
        about=about,
        kind=kind_label(about),
        title=title_of(about),
        unit_name=getattr(about, "unit_name", None) or about.unit.code,
        submitted_at=key.at,
        is_overdue=queue.is_overdue(key),
        address=address_of(key, query),
        tick=f"{about.pk}:{about.version}" if is_clean else "",
        findings=said,
    )
