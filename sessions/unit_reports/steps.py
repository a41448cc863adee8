"""Submitting and withdrawing a report."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from sessions.declaration import DeclarationForm
from sessions.handing_in import hand_in, take_back
from sessions.unit_reports.services import submit_report, withdraw_report
from sessions.unit_reports.views import detail_context, reports_named
from units.access.objects import find
from units.access.requests import PortalRequest


@require_POST
def unit_report_submit(request: PortalRequest, pk: int) -> HttpResponse:
    report = find(request, reports_named(), pk=pk)

    def undeclared(form: DeclarationForm) -> HttpResponse:
        context = detail_context(request, report, form)
        return render(request, "sessions/unit_reports/detail.html", context, status=400)

    return hand_in(request, report, partial(submit_report, report=report), undeclared)


@require_POST
def unit_report_withdraw(request: PortalRequest, pk: int) -> HttpResponse:
    report = find(request, reports_named(), pk=pk)
    return take_back(request, report, partial(withdraw_report, report=report))
