"""Papers to print: the sign-in sheet, blank or filled in, and the study record."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from sessions.models import StudySession
from sessions.printing.contents import record_of, sheet_for_day, sheet_of
from units.access.objects import find
from units.access.requests import PortalRequest
from units.models import Unit

SESSIONS = StudySession.objects.select_related("unit", "plan_item")
LONGEST_THEME = 200


@require_safe
def blank_sign_in_sheet(request: PortalRequest) -> HttpResponse:
    """For a session still to come: the members in office on its day, to be signed."""
    day, theme = asked_for(request)
    unit = find(request, Unit.objects.all(), pk=request.access.acting.unit_id)
    context = {"day": day, "sheet": sheet_for_day(unit, day, theme)}
    return render(request, "sessions/printing/sign_in_sheet.html", context)


@require_safe
def session_sign_in_sheet(request: PortalRequest, pk: int) -> HttpResponse:
    """Of a session on record: as it was, or to be signed once more."""
    session = find(request, SESSIONS, pk=pk)
    sheet = sheet_of(session, is_blank="blank" in request.GET)
    context = {"session": session, "sheet": sheet, "is_blank": sheet.took_part is None}
    return render(request, "sessions/printing/sign_in_sheet.html", context)


@require_safe
def session_record_sheet(request: PortalRequest, pk: int) -> HttpResponse:
    """The study record 学习记录."""
    session = find(request, SESSIONS, pk=pk)
    context = {"session": session, "record": record_of(session)}
    return render(request, "sessions/printing/record_sheet.html", context)


def asked_for(request: PortalRequest) -> tuple[date, str]:
    """The day and the theme of a session to come, as typed; today where no day was understood."""
    theme = request.GET.get("theme", "")[:LONGEST_THEME]
    try:
        return date.fromisoformat(request.GET.get("on", "")), theme
    except ValueError:
        return timezone.localdate(), theme
