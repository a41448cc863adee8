"""What every page carries, and what is shown when the database does not answer."""

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from portal.errors import is_database_away, unavailable

logger = logging.getLogger(__name__)


class PageMiddleware:
    """Keeps pages out of caches; turns an absent database into a page that says so."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.setdefault("Cache-Control", "no-store")
        response.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not is_database_away(exception):
            return None
        logger.error("database does not answer", exc_info=exception)
        return unavailable(request)


class ApiAddressMiddleware:
    """Takes ``/api/v1/sessions/`` for ``/api/v1/sessions``: some write the one, some the other, and
    a redirect would lose what was sent.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith("/api/v1/"):
            request.path_info = request.path_info.rstrip("/")
        return self.get_response(request)
