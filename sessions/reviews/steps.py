"""Accepting, returning, approving, one by one or many clean sessions together."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.trail import record_for
from sessions.history import history_of
from sessions.models import ReviewEvent, StudySession
from sessions.reviews import decisions
from sessions.reviews.filters import asked
from sessions.reviews.forms import VersionForm
from sessions.reviews.listing import queue_page
from sessions.reviews.page import (
    address_of,
    found,
    item_page,
    key_of,
    return_form,
)
from sessions.reviews.papers import title_of, year_of
from sessions.reviews.queue import Queue
from sessions.reviews.terms import review_book
from sessions.services import Reviewed, ReviewError
from units.access.objects import find, reachable
from units.access.requests import PortalRequest

Decide = Callable[..., ReviewEvent]


@require_POST
def review_accept(request: PortalRequest, paper: str, pk: int) -> HttpResponse:
    about = found(request, paper, pk)
    return _pass(request, about, decisions.accept, "review.accept")


@require_POST
def approval_give(request: PortalRequest, paper: str, pk: int) -> HttpResponse:
    about = found(request, paper, pk)
    return _pass(request, about, decisions.approve, "approval.give")


@require_POST
def review_return(request: PortalRequest, paper: str, pk: int) -> HttpResponse:
    about = found(request, paper, pk)
    return _send_back(request, about, decisions.send_back, "review.return")


@require_POST
def approval_return(request: PortalRequest, paper: str, pk: int) -> HttpResponse:
    about = found(request, paper, pk)
    return _send_back(request, about, decisions.send_back_in_unit, "approval.return")


def _pass(request: PortalRequest, about: Reviewed, decide: Decide, action: str) -> HttpResponse:
    form = VersionForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("请从页面上的按钮办理。"))
        return redirect(_here(request, about))
    return _decided(request, about, decide, action, version=form.cleaned_data["version"])


def _send_back(
    request: PortalRequest, about: Reviewed, decide: Decide, action: str
) -> HttpResponse:
    today = timezone.localdate()
    terms = review_book({year_of(about)}, today).terms(about.unit, year_of(about))
    form = return_form(request, about, terms, today, request.POST)
    if not form.is_valid():
        return item_page(request, about, sent=form, status=400)
    version = form.cleaned_data["version"]
    return _decided(request, about, decide, action, version=version, note=form.note())


def _decided(
    request: PortalRequest, about: Reviewed, decide: Decide, action: str, **given: Any
) -> HttpResponse:
    """On to the next one; or back, with what happened meanwhile."""
    before = {"status": about.status, "version": about.version}
    try:
        with transaction.atomic():
            event = decide(about=about, at=timezone.now(), by=request.access.user, **given)
            after = decisions.noted(about, event)
            record_for(request, action=action, about=about, before=before, after=after)
    except ReviewError as refusal:
        messages.error(request, f"{refusal}{_meanwhile(about)}")
        return redirect(_here(request, about))
    said = {"step": event.get_kind_display(), "title": title_of(about)}
    messages.success(request, _("已%(step)s：%(title)s。") % said)
    return redirect(_onward(request, about))


def _meanwhile(about: Reviewed) -> str:
    """Who did what last, for whoever came second."""
    last = next(iter(history_of(about)), None)
    if last is None:
        return ""
    return _("最近一次办理：%(when)s %(who)s %(what)s。") % {
        "when": f"{timezone.localtime(last.at):%Y-%m-%d %H:%M}",
        "who": last.by.full_name if last.by else "",
        "what": last.get_kind_display(),
    }


def _here(request: PortalRequest, about: Reviewed) -> str:
    return address_of(about, asked(request.GET).query)


def _onward(request: PortalRequest, about: Reviewed) -> str:
    """The next in the queue under the filter, the first after the last; else the queue."""
    chosen = asked(request.GET)
    book = review_book((), timezone.localdate())
    queue = Queue(request, chosen.cleaned_data, book.overdue_before)
    following = queue.place(key_of(about, history_of(about))).next or queue.first
    if following is not None:
        return address_of(following, chosen.query)
    address = reverse("review_queue")
    return f"{address}?{chosen.query}" if chosen.query else address


@require_POST
def review_accept_clean(request: PortalRequest) -> HttpResponse:
    """Each ticked session in its own right; what is refused is listed with the reason."""
    ticked = _ticked(request)
    if not ticked:
        return queue_page(request, [("", _("请先勾选要通过的学习。"))], status=400)
    now = timezone.now()
    sessions = _chosen(request, ticked)
    book = review_book({session.date.year for session in sessions}, timezone.localdate(now))
    refused = []
    for session in sessions:
        before = {"status": session.status, "version": session.version}
        try:
            with transaction.atomic():
                accepted = decisions.accept_clean(
                    pk=session.pk,
                    version=ticked[session.pk],
                    at=now,
                    by=request.access.user,
                    book=book,
                )
                after = {"status": accepted.status, "version": accepted.version, "bulk": True}
                record_for(
                    request, action="review.accept", about=accepted, before=before, after=after
                )
        except ReviewError as refusal:
            refused.append((title_of(session), str(refusal)))
    if len(sessions) > len(refused):
        messages.success(request, _("已通过 %d 件。") % (len(sessions) - len(refused)))
    if refused:
        return queue_page(request, refused, status=409)
    query = asked(request.GET).query
    return redirect(f"{reverse('review_queue')}?{query}" if query else "review_queue")


def _chosen(request: PortalRequest, ticked: dict[int, int]) -> list[StudySession]:
    """The ticked sessions; 404, before anything is written, if one is out of reach."""
    sessions = list(reachable(request, StudySession.objects.filter(pk__in=ticked)))
    for absent in ticked.keys() - {session.pk for session in sessions}:
        find(request, StudySession.objects.all(), pk=absent)
    return sessions


def _ticked(request: PortalRequest) -> dict[int, int]:
    """Id → version of the ticked rows; what nobody offered is left out."""
    ticked = {}
    for word in request.POST.getlist("rows"):
        pk, _colon, version = word.partition(":")
        if pk.isdecimal() and version.isdecimal() and len(pk) < 19 and len(version) < 10:
            ticked[int(pk)] = int(version)
    return ticked
