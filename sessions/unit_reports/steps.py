"""Submitting and withdrawing a report."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.trail import record_for
from sessions.declaration import DeclarationForm
from sessions.history import IncompleteError
from sessions.services import ReviewError
from sessions.unit_reports.services import submit_report, withdraw_report
from sessions.unit_reports.views import detail_context, reports_named
from units.access.objects import find
from units.access.requests import PortalRequest


@require_POST
def unit_report_submit(request: PortalRequest, pk: int) -> HttpResponse:
    report = find(request, reports_named(), pk=pk)
    form = DeclarationForm(request.POST)
    if not form.is_valid():
        context = detail_context(request, report, form)
        return render(request, "sessions/unit_reports/detail.html", context, status=400)
    before = {"status": report.status}
    try:
        with transaction.atomic():
            submit_report(report=report, at=timezone.now(), by=request.access.user)
            after = {"status": report.status, "version": report.version}
            record_for(
                request, action="unit_report.submit", about=report, before=before, after=after
            )
    except (IncompleteError, ReviewError) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("已报送，等待宣传部审核。"))
    return redirect("unit_report_detail", report.pk)


@require_POST
def unit_report_withdraw(request: PortalRequest, pk: int) -> HttpResponse:
    report = find(request, reports_named(), pk=pk)
    try:
        with transaction.atomic():
            withdraw_report(report=report, at=timezone.now(), by=request.access.user)
            record_for(request, action="unit_report.withdraw", about=report)
    except ReviewError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("已撤回，现在可以修改。"))
    return redirect("unit_report_detail", report.pk)
