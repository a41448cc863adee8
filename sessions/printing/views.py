"""Papers to print: the sign-in sheet, blank or filled in, and the study record."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from sessions.models import StudySession
from sessions.printing.sheets import blank_lines, group_name, speech_lines, turnout
from sessions.recording.due import due_members
from units.access.objects import find
from units.access.requests import PortalRequest
from units.models import Unit

SESSIONS = StudySession.objects.select_related("unit", "plan_item")


@require_safe
def blank_sign_in_sheet(request: PortalRequest) -> HttpResponse:
    """For a session still to come: the members in office on its day, to be signed."""
    today = timezone.localdate()
    day = _day(request.GET.get("on"), today)
    unit = find(request, Unit.objects.named(day), pk=request.access.acting.unit_id)
    due = due_members(unit, day)
    context = {
        "unit": unit,
        "group": group_name(unit, _name(unit)),
        "day": day,
        "theme": request.GET.get("theme", "")[:200],
        "lines": blank_lines(due),
        "due": len(due),
    }
    return render(request, "sessions/printing/sign_in_sheet.html", context)


@require_safe
def session_sign_in_sheet(request: PortalRequest, pk: int) -> HttpResponse:
    """Of a session on record: as it was, or to be signed once more."""
    session = find(request, SESSIONS, pk=pk)
    unit = Unit.objects.named(session.date).get(pk=session.unit_id)
    is_blank = "blank" in request.GET
    took_part = turnout(session)
    due = due_members(unit, session.date) if is_blank else []
    context = {
        "unit": unit,
        "group": group_name(unit, _name(unit)),
        "session": session,
        "day": session.date,
        "theme": session.theme,
        "is_blank": is_blank,
        "took_part": None if is_blank else took_part,
        "lines": blank_lines(due) if is_blank else took_part.lines,
        "due": len(due) if is_blank else took_part.due,
    }
    return render(request, "sessions/printing/sign_in_sheet.html", context)


@require_safe
def session_record_sheet(request: PortalRequest, pk: int) -> HttpResponse:
    """The study record 学习记录."""
    session = find(request, SESSIONS, pk=pk)
    unit = Unit.objects.named(session.date).get(pk=session.unit_id)
    context = {
        "unit": unit,
        "group": group_name(unit, _name(unit)),
        "session": session,
        "took_part": turnout(session),
        "speeches": speech_lines(session),
        "topics": list(session.topics.all()),
    }
    return render(request, "sessions/printing/record_sheet.html", context)


def _name(unit: Unit) -> str:
    """What the unit was called on the day it was asked for; its code if nobody said."""
    return getattr(unit, "name", None) or unit.code


def _day(text: str | None, today: date) -> date:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return today
