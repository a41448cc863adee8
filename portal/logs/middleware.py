"""One line in the log for each request: what kind of, by what kind of person, how it ended.

The route's name stands for the address: that may hold a link's secret or a number that leads to a
person. Who it was stands in the audit trail, under the same request id. The look of pages (css,
icons) is told of at DEBUG only, unless it is missing.
"""

import logging
import time
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import get_script_prefix

logger = logging.getLogger("portal.requests")

NO_ROUTE, STATIC = "-", "static"
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def kind_of(request: HttpRequest) -> tuple[str, str]:
    """Method and name of the route: two words of few, whatever a client sends."""
    match = request.resolver_match
    method = request.method if request.method in METHODS else "OTHER"
    if match is not None and match.view_name:
        return str(method), match.view_name
    is_static = request.path.startswith(f"{get_script_prefix()}{settings.STATIC_URL.lstrip('/')}")
    return str(method), STATIC if is_static else NO_ROUTE


class RequestLineMiddleware:
    """Stands outside all that answers, inside what numbers the request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        begun = time.monotonic()
        response = self.get_response(request)
        method, route = kind_of(request)
        said: dict[str, Any] = {
            "method": method,
            "route": route,
            "status": response.status_code,
            "milliseconds": round((time.monotonic() - begun) * 1000),
            "role": getattr(request, "acting_as", {}).get("role", ""),
        }
        is_page = route != STATIC or response.status_code >= HTTPStatus.BAD_REQUEST
        logger.log(logging.INFO if is_page else logging.DEBUG, "request", extra=said)
        return response
