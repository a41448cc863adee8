"""Looking at one thing that was submitted."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from sessions.reviews.page import found, item_page
from units.access.requests import PortalRequest


@require_safe
def review_item(request: PortalRequest, paper: str, pk: int) -> HttpResponse:
    return item_page(request, found(request, paper, pk))
