"""One line in the log for each request: what kind of, by what kind of person, how it ended.

The route's name stands for the address: that may hold a link's secret or a number that leads to a
person. Who it was stands in the audit trail, under the same request id.
"""

import logging
import time
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

log = logging.getLogger("portal.requests")

NO_ROUTE = "-"
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def kind_of(request: HttpRequest) -> tuple[str, str]:
    """Method and name of the route: two words of few, whatever a client sends."""
    match = request.resolver_match
    method = request.method if request.method in METHODS else "OTHER"
    return str(method), match.view_name if match and match.view_name else NO_ROUTE


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
        log.info("request", extra=said)
        return response
