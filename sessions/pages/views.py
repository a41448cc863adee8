"""Recording a session, and taking it back."""

from uuid import uuid4

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.trail import has_just_done, record_for
from sessions.models import PlanItem, StudySession
from sessions.pages.choices import places_of
from sessions.pages.desk import Desk, desk_of, sent_token, with_last_return
from sessions.pages.receiving import receive
from sessions.pages.record_page import Reading, opened, page
from sessions.recording.drafts import delete_draft
from sessions.recording.due import due_members
from sessions.recording.starts import blank, copy_session, start_from_plan_item
from sessions.recording.submitting import withdraw
from sessions.recording.written import written_of
from sessions.services import ReviewError
from units.access.numbers import sent_number
from units.access.objects import find, reachable
from units.access.requests import PortalRequest


@require_http_methods(["GET", "HEAD", "POST"])
def session_new(request: PortalRequest) -> HttpResponse:
    """A new record: free, from a plan item (``?item=``), or after an earlier one (``?copy=``)."""
    unit = request.access.acting.unit
    if request.method == "POST":
        token = sent_token(request.POST.get("token", ""))
        sent_before = reachable(request, StudySession.objects.select_related("unit"))
        return receive(request, Desk(unit, token, sent_before.filter(form_token=token).first()))
    desk = Desk(unit, uuid4())
    places = places_of(reachable(request, StudySession.objects.all()))
    return page(request, desk, _started(request, desk, places), places=places)


def _started(request: PortalRequest, desk: Desk, places: list[str]) -> Reading:
    today = timezone.localdate()
    due = due_members(desk.unit, today)
    item, copied = (sent_number(request.GET.get(name, "")) for name in ("item", "copy"))
    place = places[0] if places else ""
    if item is not None:
        planned = find(request, PlanItem.objects.all(), pk=item)
        start = start_from_plan_item(item=planned, day=today, due=due, place=place)
    elif copied is not None:
        source = find(request, StudySession.objects.all(), pk=copied)
        start = copy_session(source=source, day=today, due=due)
    else:
        start = blank(day=today, due=due, place=place)
    return opened(start, desk, due)


@require_http_methods(["GET", "HEAD", "POST"])
def session_edit(request: PortalRequest, pk: int) -> HttpResponse:
    """A draft, or what the department returned, with its reason."""
    sessions = with_last_return(StudySession.objects.select_related("unit"))
    desk = desk_of(find(request, sessions, pk=pk))
    if request.method == "POST" or desk.session is None:
        return receive(request, desk)
    return page(request, desk, opened(written_of(desk.session), desk))


@require_POST
def session_withdraw(request: PortalRequest, pk: int) -> HttpResponse:
    session = find(request, StudySession.objects.all(), pk=pk)
    try:
        with transaction.atomic():
            withdraw(session=session, at=timezone.now(), by=request.access.user)
            record_for(request, action="session.withdraw", about=session)
    except ReviewError as refusal:
        messages.error(request, str(refusal))
        return redirect("session_detail", pk=pk)
    messages.success(request, _("已撤回为草稿，可以修改后重新报送。"))
    return redirect("session_edit", pk=pk)


@require_POST
def session_delete(request: PortalRequest, pk: int) -> HttpResponse:
    try:
        session = find(request, StudySession.objects.all(), pk=pk)
    except Http404:
        if not has_just_done(request, action="session.delete", model=StudySession, pk=pk):
            raise
        messages.info(request, _("草稿此前已经删除。"))
        return redirect("session_list")
    about = {"date": session.date, "form": session.form, "version": session.version}
    try:
        with transaction.atomic():
            record_for(request, action="session.delete", about=session, before=about)
            delete_draft(session=session)
    except ReviewError as refusal:
        messages.error(request, str(refusal))
        return redirect("session_detail", pk=pk)
    messages.success(request, _("草稿已删除。"))
    return redirect("session_list")
