"""Figures for a monitor: the operator's lines as gauges, requests as they were answered.

Off unless METRICS_TOKEN is set; without the token the page does not exist. Several web processes
add up their requests in files below METRICS_DIR (`portal/web_server.py` prepares them); processes
started otherwise each tell of themselves only. The gauges are read afresh by whoever answers.
"""

import os
import time
from collections.abc import Callable, Iterable
from datetime import datetime

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CollectorRegistry, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from portal.logs.middleware import kind_of
from portal.operation.reading import read_condition

SECONDS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
_counted = CollectorRegistry()
REQUESTS = Histogram(
    "portal_request_seconds",
    "Requests answered, by route",
    ["method", "route", "status"],
    buckets=SECONDS,
    registry=_counted,
)


class RequestCountMiddleware:
    """Counts each request and how long it took."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        begun = time.monotonic()
        response = self.get_response(request)
        REQUESTS.labels(*kind_of(request), response.status_code).observe(time.monotonic() - begun)
        return response


class Condition(Collector):
    """The operator's lines: how bad each is (0 good, 1 watch, 2 bad), and its numbers."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def collect(self) -> Iterable[Metric]:
        levels = GaugeMetricFamily(
            "portal_condition", "0 good, 1 to be watched, 2 bad", labels=["line"]
        )
        for section in read_condition(self.now):
            for line in section.lines:
                levels.add_metric([line.key], line.level)
                for name, number in line.numbers.items():
                    yield GaugeMetricFamily(f"portal_{name}", line.key, value=number)
        yield levels


@login_not_required
@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """404 to whoever does not show the token, as if there were no such page."""
    scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
    if not settings.METRICS_TOKEN or scheme != "Bearer":
        raise Http404
    if not constant_time_compare(token, settings.METRICS_TOKEN):
        raise Http404
    condition = CollectorRegistry(auto_describe=False)
    condition.register(Condition(timezone.now()))
    body = generate_latest(condition) + generate_latest(_requests())
    return HttpResponse(body, content_type=CONTENT_TYPE_LATEST)


def _requests() -> CollectorRegistry:
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return _counted
    every = CollectorRegistry()
    MultiProcessCollector(every)  # type: ignore[no-untyped-call]  # theirs has no types
    return every
