"""One session as it is on record."""

from collections import defaultdict

from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sessions.evidence.panel import evidence_panel
from sessions.history import TONES
from sessions.late import with_lateness
from sessions.ledgers.source import origin_of
from sessions.models import ReviewEvent, Speech, Status, StudySession
from sessions.pages.attended import Attended
from sessions.pages.desk import returned, with_last_return
from sessions.pages.joint import lead_news
from sessions.pages.names import studied_with
from sessions.recording.drafts import EDITABLE, OWN_AFFAIRS
from sessions.recording.fields import FIELDS
from sessions.reviews.papers import review_address
from sessions.reviews.thread import thread_of
from units.access.objects import find
from units.access.requests import PortalRequest
from units.access.roles import Role
from units.models import UnitName


@require_safe
def session_detail(request: PortalRequest, pk: int) -> HttpResponse:
    sessions = StudySession.objects.select_related(
        "unit", "plan_item", "joint_lead", "ledger_import__source"
    )
    session = find(request, with_unit_name(with_lateness(with_last_return(sessions))), pk=pk)
    attended = _attended(session)
    events = list(session.events.select_related("by"))
    role = Role(request.access.acting.role)
    sent_back = returned(session)
    named = sent_back.fields if sent_back else []
    news = lead_news(session, request.access)
    context = {
        "session": session,
        "tone": TONES[Status(session.status)],
        "attended": attended,
        "here": sum(each.is_here for each in attended),
        "topics": list(session.topics.all()),
        "joint": studied_with(session),
        "events": events[::-1],
        "news": news,
        "origin": origin_of(session, opens=role != Role.COUNTY_LEADER),
        "evidence": evidence_panel(session, request.access, back=request.path),
        "returned": sent_back,
        "returned_labels": [FIELDS[name] for name in named if name in FIELDS],
        "shows_reasons": role != Role.COUNTY_LEADER,
        "thread": thread_of(session, request.access, back=request.path),
        "review": review_address(session, request.access),
        **_steps(session, role, events),
    }
    return render(request, "sessions/detail.html", context)


def with_unit_name(sessions: QuerySet[StudySession]) -> QuerySet[StudySession]:
    """Annotates ``unit_name``, the unit's full name on the session's first day."""
    names = UnitName.objects.filter(unit=OuterRef("unit_id"), valid_from__lte=OuterRef("date"))
    return sessions.annotate(unit_name=Subquery(names.order_by("-valid_from").values("name")[:1]))


def _attended(session: StudySession) -> list[Attended]:
    """In official order."""
    speeches: dict[int, list[Speech]] = defaultdict(list)
    for speech in session.speeches.order_by("-kind", "id"):
        speeches[speech.member_id].append(speech)
    rows = session.attendance.select_related("member__person")
    ordered = rows.order_by("member__rank_order", "member_id")
    return [Attended(row, speeches[row.member_id]) for row in ordered]


def _steps(session: StudySession, role: Role, events: list[ReviewEvent]) -> dict[str, bool]:
    """What the clerk may do with the record as it stands."""
    is_clerk = role == Role.CLERK
    is_untouched = all(event.kind in OWN_AFFAIRS for event in events)
    return {
        "is_clerk": is_clerk,
        "may_edit": is_clerk and session.status in EDITABLE,
        "may_withdraw": is_clerk and session.status == Status.SUBMITTED,
        "may_delete": is_clerk and session.status == Status.DRAFT and is_untouched,
    }
