"""The page on which people read how to use the API; needs nothing from the internet."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from units.access.requests import PortalRequest


@require_safe
def api_docs(request: PortalRequest) -> HttpResponse:
    return render(request, "api/docs.html")
