"""The page of a report's likeness; its summary alone is fetched into the report's own page."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from reports.similarity.matcher import RUN
from reports.similarity.reading import compared
from sessions.unit_reports.views import reports_named
from units.access.numbers import sent_number
from units.access.objects import find
from units.access.requests import PortalRequest


@require_safe
def unit_report_likeness(request: PortalRequest, pk: int) -> HttpResponse:
    report = find(request, reports_named(), pk=pk)
    chosen = sent_number(request.GET.get("with", "")) or 0
    found = compared(report, request.access.acting, timezone.localdate(), chosen)
    context = {"report": report, "found": found, "run": RUN}
    part = "HX-Request" in request.headers
    name = "summary" if part else "likeness"
    return render(request, f"reports/similarity/{name}.html", context)
