"""The operator's page."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.operation.condition import worst
from portal.operation.reading import read_condition
from units.access.requests import PortalRequest


@require_safe
def operation(request: PortalRequest) -> HttpResponse:
    now = timezone.now()
    sections = read_condition(now)
    lines = [line for section in sections for line in section.lines if line.level]
    context = {
        "sections": sections,
        "level": worst(sections),
        "wrong": len(lines),
        "now": timezone.localtime(now),
    }
    return render(request, "portal/operation/operation.html", context)
