"""What the lead of a joint session changed: shown to the partner, taken over or not."""

from dataclasses import dataclass

from django.contrib import messages
from django.db import transaction
from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.trail import record_for
from sessions.models import Status, StudySession
from sessions.pages.conflict import Choice, field_choice, field_label
from sessions.pages.desk import sent_version
from sessions.recording.drafts import StaleError
from sessions.recording.findings import NotReadyError
from sessions.recording.joint import keep_own, lead_changes, shared_by, take_over
from sessions.services import ReviewError
from units.access.objects import find
from units.access.requests import Access, PortalRequest
from units.access.roles import Role


@dataclass(frozen=True, slots=True)
class LeadNews:
    """``carried``: labels of what reached the draft by itself. ``choices``: what still differs.

    ``takes_back``: to take it over, the record must be withdrawn first, which happens with it.
    """

    pk: int
    carried: list[str]
    choices: list[Choice]
    may_decide: bool
    is_accepted: bool
    takes_back: bool
    version: int
    lead_version: int


def lead_news(session: StudySession, access: Access) -> LeadNews | None:
    """None for a record without a lead, or whose lead has nothing new to say."""
    lead = session.joint_lead
    if lead is None:
        return None
    prefetch_related_objects([session, lead], "topics")
    names = lead_changes(session)
    is_draft = session.status == Status.DRAFT
    carried = session.joint_taken.get("carried", []) if is_draft else []
    if not names and not carried:
        return None
    mine, theirs = (shared_by(session), shared_by(lead)) if names else (None, None)
    return LeadNews(
        pk=session.pk,
        carried=[field_label(name) for name in carried],
        choices=[field_choice(name, mine, theirs) for name in names if mine and theirs],
        may_decide=access.acting.role == Role.CLERK and access.acting.unit_id == session.unit_id,
        is_accepted=session.status == Status.ACCEPTED,
        takes_back=session.status == Status.SUBMITTED,
        version=session.version,
        lead_version=lead.version,
    )


@require_POST
def session_joint_take(request: PortalRequest, pk: int) -> HttpResponse:
    session = find(request, StudySession.objects.all(), pk=pk)
    try:
        with transaction.atomic():
            names = take_over(
                session=session,
                version=sent_version(request.POST.get("version", "")),
                lead_version=sent_version(request.POST.get("lead_version", "")),
                at=timezone.now(),
                by=request.access.user,
            )
            told = {"changed": names, "lead": session.joint_lead_id}
            record_for(request, action="session.joint_take", about=session, after=told)
    except (ReviewError, StaleError, NotReadyError) as refusal:
        messages.error(request, str(refusal))
        return redirect("session_detail", pk=pk)
    messages.success(request, _("已采用牵头单位的内容。请核对出勤，重新报送。"))
    return redirect("session_edit", pk=pk)


@require_POST
def session_joint_keep(request: PortalRequest, pk: int) -> HttpResponse:
    session = find(request, StudySession.objects.all(), pk=pk)
    try:
        with transaction.atomic():
            names = keep_own(
                session=session,
                version=sent_version(request.POST.get("version", "")),
                lead_version=sent_version(request.POST.get("lead_version", "")),
            )
            told = {"differs": names, "lead": session.joint_lead_id}
            record_for(request, action="session.joint_keep", about=session, after=told)
    except ReviewError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("保留本单位填写的内容。"))
    return redirect("session_detail", pk=pk)
