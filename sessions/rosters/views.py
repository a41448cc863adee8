"""Records to confirm anew because the roster of their day is another one now."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from sessions.rosters.matching import mismatches, years_in_view
from units.access.objects import find
from units.access.requests import PortalRequest
from units.models import Unit


@require_safe
def session_reconfirm(request: PortalRequest, code: str) -> HttpResponse:
    """What to mend and how. Nothing is changed here: each record goes its ordinary way."""
    today = timezone.localdate()
    unit = find(request, Unit.objects.named(today), code=code)
    years = years_in_view(today)
    context = {"unit": unit, "rows": mismatches(unit, years), "since": min(years)}
    return render(request, "sessions/rosters/reconfirm.html", context)
