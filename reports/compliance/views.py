"""The home of units, and any unit's year at any day."""

import datetime as dt

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from reports.compliance.forms import UnitYearForm
from reports.compliance.unit_year import unit_year
from sessions.reviews.papers import waiting_in_units
from sessions.reviews.thread import unread_for
from units.access.objects import find
from units.access.requests import PortalRequest
from units.access.roles import Role
from units.models import Unit


def unit_home(request: PortalRequest, **context: object) -> HttpResponse:
    """What a clerk or approver starts from: the own unit's year so far, and what to see to."""
    acting = request.access.acting
    today = timezone.localdate()
    year = unit_year(acting.unit, today, acting, own=True)
    may_record = acting.role == Role.CLERK
    context |= {
        "unit": acting.unit,
        "year": year,
        "record": reverse("session_new") if may_record else "",
        # An approver finds comments in the queue.
        "unread": unread_for(acting) if may_record else [],
        "to_approve": 0 if may_record else waiting_in_units(acting),
    }
    return render(request, "reports/compliance/unit_home.html", context)


@require_safe
def unit_compliance(request: PortalRequest, code: str) -> HttpResponse:
    """A unit's year as it stood at the end of any day up to today, in it or in the next one."""
    today = timezone.localdate()
    form = UnitYearForm({"as_of": today.isoformat(), **request.GET.dict()}, today=today)
    as_of: dt.date = form.cleaned_data["as_of"] if form.is_valid() else today
    unit = find(request, Unit.objects.named(as_of), code=code)
    context = {
        "unit": unit,
        "year": unit_year(unit, as_of, request.access.acting, own=False, of_year=form.year),
        "number": str(form.year),
        "form": form,
    }
    return render(request, "reports/compliance/unit_compliance.html", context)
