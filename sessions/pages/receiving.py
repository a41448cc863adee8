"""What happens to a form that was sent: kept, submitted, or answered with both versions."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.trail import record_for
from sessions.models import Status, StudySession
from sessions.pages.conflict import conflict_page
from sessions.pages.desk import Desk, desk_of, with_last_return
from sessions.pages.record_page import DATED, WHOLE, Reading, page, read
from sessions.recording.drafts import StaleError, open_draft, save_draft
from sessions.recording.findings import Finding, NotReadyError
from sessions.recording.ground import Ground
from sessions.recording.imprint import imprint
from sessions.recording.submitting import submit
from sessions.recording.written import Written, taking, written_of
from sessions.services import ReviewError
from units.access.acting import refuse_switched
from units.access.numbers import sent_number
from units.access.requests import PortalRequest

UNPROCESSABLE = 422


@dataclass(slots=True)
class Outcome:
    session: StudySession
    is_submitted: bool = False
    notices: list[Finding] = field(default_factory=list)
    unmet: list[Finding] = field(default_factory=list)


def receive(request: PortalRequest, desk: Desk) -> HttpResponse:
    """Answers a form. Whatever is wrong, the page comes back with everything that was typed."""
    now = timezone.now()
    ground = Ground(desk.unit)
    reading = read(request.POST, desk, timezone.localdate(now), ground)
    if request.POST.keys() & {"members", "joint"}:
        template = DATED if "HX-Request" in request.headers else WHOLE
        return page(request, desk, reading, template=template)
    if not reading.form.is_valid():
        return _refused(request, desk, reading)
    written = _merged(request.POST, desk, reading.written)
    try:
        with transaction.atomic():
            outcome = _store(request, desk, reading.version, written, ground, now)
    except StaleError as stale:
        return conflict_page(request, written, stale)
    except NotReadyError as marked:
        reading.findings = marked.findings
        return _refused(request, desk, reading)
    except ReviewError as refusal:
        messages.error(request, str(refusal))
        return redirect("session_list") if desk.session is None else _to_detail(desk.session)
    return _answer(request, reading, outcome)


def _merged(sent: QueryDict, desk: Desk, mine: Written) -> Written:
    """After two versions were compared: mine, or theirs where the clerk chose theirs."""
    theirs = [name[5:] for name in sent if name.startswith("keep-") and sent[name] == "theirs"]
    if desk.session is None or not theirs:
        return mine
    return taking(mine, written_of(desk.session), theirs)


def _store(
    request: PortalRequest,
    desk: Desk,
    version: int,
    written: Written,
    ground: Ground,
    now: datetime,
) -> Outcome:
    """Keeps the record, then submits it if that was asked; one line in the trail for both."""
    session, changed = _keep(request, desk, version, written, ground)
    about: dict[str, Any] = {"changed": changed, "version": session.version}
    outcome = Outcome(session)
    if request.POST.get("then") == "submit":
        if not changed and session.status == Status.SUBMITTED:
            return Outcome(session, is_submitted=True)
        try:
            outcome.notices = _hand_in(request, session, ground, now)
            outcome.is_submitted = True
        except NotReadyError as unready:
            outcome.unmet = unready.findings
    if outcome.is_submitted:
        record_for(request, action="session.submit", about=session, after=about)
    elif changed:
        record_for(request, action="session.save", about=session, after=about)
    return outcome


def _keep(
    request: PortalRequest, desk: Desk, version: int, written: Written, ground: Ground
) -> tuple[StudySession, list[str]]:
    if desk.session is None:
        refuse_switched(request)
        user = request.access.user
        return open_draft(unit=desk.unit, token=desk.token, written=written, by=user, ground=ground)
    return save_draft(session=desk.session, version=version, written=written, ground=ground)


def _hand_in(
    request: PortalRequest, session: StudySession, ground: Ground, now: datetime
) -> list[Finding]:
    due, _slash, here = request.POST.get("counts", "").partition("/")
    confirmed = sent_number(due), sent_number(here)
    return submit(
        session=session,
        at=now,
        by=request.access.user,
        declared="declared" in request.POST,
        counts=confirmed,
        warnings_accepted="warnings_accepted" in request.POST,
        ground=ground,
    )


def _refused(request: PortalRequest, desk: Desk, reading: Reading) -> HttpResponse:
    if "autosave" in request.POST:
        texts = [text for each in reading.form.errors.values() for text in each]
        texts += [finding.text for finding in reading.findings]
        told = {"message": _("尚未保存：%s") % texts[0]}
        return JsonResponse(told, status=UNPROCESSABLE)
    return page(request, desk, reading, status=UNPROCESSABLE)


def _answer(request: PortalRequest, reading: Reading, outcome: Outcome) -> HttpResponse:
    session = outcome.session
    if outcome.unmet:
        stored = with_last_return(StudySession.objects.select_related("unit")).get(pk=session.pk)
        reading.findings, reading.is_kept = outcome.unmet, True
        reading.version, reading.imprint = stored.version, imprint(written_of(stored))
        return page(request, desk_of(stored), reading, status=UNPROCESSABLE)
    address = reverse("session_edit", kwargs={"pk": session.pk})
    if "autosave" in request.POST:
        told = {"version": session.version, "address": address}
        told["imprint"] = imprint(written_of(session))
        return JsonResponse({**told, "message": _("已自动保存")})
    if not outcome.is_submitted:
        messages.success(request, _("已保存，尚未报送。"))
        return redirect(address)
    messages.success(request, _("已报送。"))
    for notice in outcome.notices:
        messages.warning(request, notice.text)
    return _to_detail(session)


def _to_detail(session: StudySession) -> HttpResponse:
    return redirect("session_detail", pk=session.pk)
