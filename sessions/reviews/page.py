"""The page of one thing under review: record, evidence, checks, history, comments, decisions."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from sessions.history import TONES
from sessions.models import ReviewEvent, Status
from sessions.plans.views import plans_named
from sessions.reviews.decisions import authors_of, submitter_of
from sessions.reviews.dossiers import reviewable
from sessions.reviews.fields import labels_of, returnable
from sessions.reviews.filters import asked
from sessions.reviews.forms import ReturnForm, VersionForm
from sessions.reviews.papers import (
    PLAN,
    SESSION,
    Key,
    kind_label,
    model_of,
    paper_of,
    rank_of,
    title_of,
    year_of,
)
from sessions.reviews.passage import passage_of
from sessions.reviews.queue import Place, Queue
from sessions.reviews.reasons import reasons_for
from sessions.reviews.record import pieces_of, record_of
from sessions.reviews.terms import ReviewBook, ReviewTerms, review_book
from sessions.reviews.thread import thread_of
from sessions.services import Reviewed
from sessions.unit_reports.views import reports_named
from units.access.objects import find
from units.access.requests import PortalRequest
from units.access.roles import Role

RETURNABLE = (Status.SUBMITTED, Status.ACCEPTED, Status.FILED)


def found(request: PortalRequest, paper: str, pk: int) -> Reviewed:
    """The thing at the address, with what its page says of the unit."""
    model_of(paper)
    rows: QuerySet[Any]
    if paper == SESSION:
        rows = reviewable(timezone.localdate()).select_related("joint_lead")
    else:
        papers: QuerySet[Any] = reports_named()
        rows = plans_named().prefetch_related("items") if paper == PLAN else papers
    about: Reviewed = find(request, rows, pk=pk)
    return about


def address_of(key: Key | Reviewed, query: str) -> str:
    """The page of a review, with the filter it was reached by."""
    address = reverse(
        "review_item", args=[key.paper if isinstance(key, Key) else paper_of(key), key.pk]
    )
    return f"{address}?{query}" if query else address


def key_of(about: Reviewed, history: list[ReviewEvent]) -> Key:
    """Where it stands, or stood, in the queue."""
    submitted = (event.at for event in history if event.kind == ReviewEvent.Kind.SUBMIT)
    return Key(next(submitted, about.updated_at), rank_of(about), about.pk)


def return_form(
    request: PortalRequest, about: Reviewed, terms: ReviewTerms, today: date, data: Any = None
) -> ReturnForm:
    return ReturnForm(
        data,
        version=about.version,
        usual=reasons_for(about.unit, paper_of(about)),
        parts=returnable(about),
        today=today,
        correct_by=terms.correct_by,
    )


def item_page(
    request: PortalRequest, about: Reviewed, *, sent: ReturnForm | None = None, status: int = 200
) -> HttpResponse:
    """With ``sent``, the form of a return in which something must be put right."""
    today = timezone.localdate()
    book = review_book({year_of(about)}, today)
    terms = book.terms(about.unit, year_of(about))
    history, comments = passage_of(about)
    record = record_of(about, terms, today)
    named = history[0].fields if history and history[0].kind == ReviewEvent.Kind.RETURN else []
    steps = _steps(request, about, history)
    context = {
        "about": about,
        "kind": kind_label(about),
        "paper": paper_of(about),
        "title": title_of(about),
        "tone": TONES[Status(about.status)],
        "record": record,
        "pieces": pieces_of(about),
        "history": history,
        "labels": labels_of(about, named) if named else [],
        "thread": thread_of(about, request.access, back=request.get_full_path(), comments=comments),
        "version_form": VersionForm(initial={"version": about.version}),
        **steps,
        **_neighbours(request, about, history, book),
    }
    if steps["return_address"]:
        context["form"] = sent or return_form(request, about, terms, today)
    return render(request, "sessions/reviews/item.html", context, status=status)


def _steps(request: PortalRequest, about: Reviewed, history: list[ReviewEvent]) -> dict[str, Any]:
    """What the acting role may do now, by the address where it is done."""
    role, waits = request.access.acting.role, about.awaits_approval
    keys = {"paper": paper_of(about), "pk": about.pk}
    is_own = submitter_of(history) == request.access.user.pk
    is_approver = role == Role.APPROVER and waits
    is_author = request.access.user.pk in authors_of(history)
    accepts = role == Role.AUDITOR and about.status == Status.SUBMITTED and not waits
    returns = role == Role.AUDITOR and about.status in RETURNABLE and not waits
    accept, send_back = "", ""
    if is_approver and not is_own:
        accept, send_back = (
            reverse("approval_give", kwargs=keys),
            reverse("approval_return", kwargs=keys),
        )
    elif returns:
        accept = reverse("review_accept", kwargs=keys) if accepts and not is_author else ""
        send_back = reverse("review_return", kwargs=keys)
    return {
        "accept_address": accept,
        "return_address": send_back,
        "is_approver": is_approver,
        "is_own": is_approver and is_own,
        "is_author": accepts and is_author,
    }


def _neighbours(
    request: PortalRequest, about: Reviewed, history: list[ReviewEvent], book: ReviewBook
) -> dict[str, Any]:
    chosen = asked(request.GET)
    queue = Queue(request, chosen.cleaned_data, book.overdue_before)
    key = key_of(about, history)
    place: Place = queue.place(key)
    query = chosen.query
    return {
        "place": place,
        "query": query,
        "is_overdue": about.status == Status.SUBMITTED and queue.is_overdue(key),
        "submitted_at": key.at,
        "previous": address_of(place.previous, query) if place.previous else "",
        "next": address_of(place.next, query) if place.next else "",
    }
