"""The archive of a unit's year and of one session: what is there, and all of it as one file."""

import datetime as dt
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from reports.archives import shown
from reports.archives.choosing import FILTERS, ChoiceForm, Chosen
from reports.archives.contents import contents_of
from reports.archives.counting import list_counts
from reports.archives.handing import FullError, hand_out
from reports.archives.naming import Names
from reports.archives.papers import Called
from reports.archives.writing import UnitArchive
from reports.models import ArchiveCopy
from sessions.models import Status, StudySession
from units.access.objects import find
from units.access.requests import PortalRequest
from units.models import Unit

COPIES_SHOWN = 10
SESSIONS = StudySession.objects.exclude(status=Status.DRAFT).select_related("unit__category")


@require_safe
def own_archive(request: PortalRequest) -> HttpResponse:
    """The archive of the unit one works for, without naming it."""
    return _year_page(request, pk=request.access.acting.unit_id)


@require_safe
def unit_archive(request: PortalRequest, code: str) -> HttpResponse:
    return _year_page(request, code=code)


def _year_page(request: PortalRequest, **lookup: object) -> HttpResponse:
    today = timezone.localdate()
    form = ChoiceForm(request.GET.dict(), today=today)
    year = form.chosen_year
    units = Unit.objects.named(min(today, dt.date(year, 12, 31)))
    unit = find(request, units.select_related("category"), **lookup)
    contents = contents_of(unit, year, min(today, dt.date(year, 12, 31)))
    chosen = form.chosen()
    part = chosen.of(contents)
    context = {
        "unit": unit,
        "year": year,
        "form": form,
        "chosen": chosen,
        "totals": shown.totals(part),
        "sessions": shown.session_lines(part.sessions),
        "papers": shown.paper_lines(contents, list_counts(unit, year)),
        "drafts": contents.drafts,
        "copies": _copies(ArchiveCopy.objects.filter(unit=unit, year=year)),
        "query": _query(request),
        "is_filtered": not chosen.is_all,
    }
    return render(request, "reports/archives/year.html", context)


@require_safe
def unit_archive_zip(request: PortalRequest, code: str) -> HttpResponseBase:
    """The part of the year that is on the screen, as one ZIP."""
    now = timezone.localtime()
    unit = find(request, Unit.objects.select_related("category"), code=code)
    form = ChoiceForm(request.GET.dict(), today=now.date())
    back = f"{reverse('unit_archive', kwargs={'code': code})}?{_query(request)}"
    if form.errors:
        return redirect(back)
    return _answer(request, unit, form.chosen_year, form.chosen(), now, back)


@require_safe
def session_archive(request: PortalRequest, pk: int) -> HttpResponse:
    """One session's file (一次一档): each kind of paper, what is there of it and what is not."""
    session = find(request, SESSIONS, pk=pk)
    contents = contents_of(session.unit, session.date.year)
    (file,) = Chosen(session=pk).of(contents).sessions
    context = {
        "session": session,
        "theme": shown.session_lines([file])[0].theme,
        "file": file,
        "slots": shown.slot_lines(file),
        "copies": _copies(ArchiveCopy.objects.filter(session=session)),
    }
    return render(request, "reports/archives/session.html", context)


@require_safe
def session_archive_zip(request: PortalRequest, pk: int) -> HttpResponseBase:
    session = find(request, SESSIONS, pk=pk)
    words = _("%s 的一次学习") % f"{session.date:%Y-%m-%d}"
    chosen = Chosen(session=session.pk, words=words)
    back = reverse("session_archive", kwargs={"pk": pk})
    now = timezone.localtime()
    return _answer(request, session.unit, session.date.year, chosen, now, back, session)


def _answer(
    request: PortalRequest,
    unit: Unit,
    year: int,
    chosen: Chosen,
    now: dt.datetime,
    back: str,
    session: StudySession | None = None,
) -> HttpResponseBase:
    archive = UnitArchive(contents_of(unit, year), chosen, Called(unit), now, Names())
    try:
        return hand_out(request, archive, session=session)
    except FullError as full:
        messages.warning(request, str(full))
        return redirect(back)


def _copies(copies: QuerySet[ArchiveCopy]) -> list[shown.CopyLine]:
    return shown.copy_lines(copies.order_by("-pk")[:COPIES_SHOWN])


def _query(request: PortalRequest) -> str:
    asked = {name: request.GET[name] for name in ("year", *FILTERS) if request.GET.get(name)}
    return urlencode(asked)
