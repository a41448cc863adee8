"""Declaring a year's holidays complete, on a page that says what is entered, and taking it back."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.trail import record_for
from reports.models import CalendarYear
from reports.rulebook.calendar.complete import (
    CompleteError,
    declare,
    entered,
    national_last,
    withdraw,
)
from reports.rulebook.calendar.forms import CompleteForm
from reports.rulebook.calendar.months import is_known
from reports.rulebook.years import FIRST, LAST
from units.access.requests import PortalRequest


@require_http_methods(["GET", "HEAD", "POST"])
def calendar_complete(request: PortalRequest, year: int) -> HttpResponse:
    back = _back(year)
    form = CompleteForm(request.POST if request.method == "POST" else None)
    if is_known(year) or CalendarYear.objects.filter(year=year).exists():
        messages.info(request, _("%s年的节假日安排已经齐全，无须再声明。") % year)
        return redirect(back)
    if form.is_valid():
        try:
            _declare(request, year, form.cleaned_data["note"])
            messages.success(request, _("已声明%s年的放假和调休日期全部录入，不再提示。") % year)
            return redirect(back)
        except CompleteError as refusal:
            form.add_error(None, str(refusal))
    context = {
        "year": year,
        "entered": entered(year),
        "last": national_last(year),
        "form": form,
        "back": back,
    }
    status = 400 if form.errors else 200
    return render(request, "reports/rulebook/calendar_complete.html", context, status=status)


@require_POST
def calendar_incomplete(request: PortalRequest, year: int) -> HttpResponse:
    back = _back(year)
    with transaction.atomic():
        stored = withdraw(year=year)
        if stored is not None:
            before = {"year": year, "complete": True, "note": stored.note}
            record_for(
                request,
                action="calendar.incomplete",
                before=before,
                after={"year": year, "complete": False},
            )
    messages.success(request, _("%s年不再视为已录全。已经封账的月份不变。") % year)
    return redirect(back)


@transaction.atomic
def _declare(request: PortalRequest, year: int, note: str) -> None:
    if declare(year=year, note=note, at=timezone.now(), by=request.access.user):
        record_for(
            request,
            action="calendar.complete",
            before={"year": year, "complete": False},
            after={"year": year, "complete": True, "note": note, **entered(year)._asdict()},
        )


def _back(year: int) -> str:
    if not FIRST <= year <= LAST:
        raise Http404
    return f"{reverse('calendar_year')}?year={year}"
