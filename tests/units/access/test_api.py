"""Views of Django REST framework, which skip Django's own sign-in requirement."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client, override_settings
from django.urls import path
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from portal.access import POLICY
from portal.urls import handler403  # noqa: F401  Django reads it from this module
from portal.urls import urlpatterns as declared_urls
from tests.portal.county import make_county
from units.access.roles import Role
from units.access.rules import Policy, Rule, no_object

pytestmark = pytest.mark.django_db


class Figures(APIView):
    def get(self, request: Request) -> Response:
        return Response({"ok": True})


urlpatterns = [*declared_urls, path("api/figures/", Figures.as_view(), name="figures")]


@pytest.fixture(autouse=True)
def declared(monkeypatch):
    rule = Rule("读数", no_object(Role.COUNTY_LEADER))
    monkeypatch.setattr("portal.access.POLICY", Policy(POLICY, {("figures", "GET"): rule}))
    with override_settings(ROOT_URLCONF=__name__):
        yield


@pytest.mark.parametrize(
    ("who", "status"),
    [("", 401), ("county_leader", 200), ("clerk", 403), ("overdue", 403), ("disabled", 401)],
)
def test_the_policy_holds_there_too(who, status):
    browser, county = Client(), make_county()
    if who:
        browser.force_login(county[who])
    answer = browser.get("/api/figures/")
    assert answer.status_code == status
    kind = "application/json" if status == 200 else "application/problem+json"
    assert answer.headers["Content-Type"] == kind


def test_an_idle_session_ends_there_too():
    now = datetime(2026, 11, 23, 9, tzinfo=UTC)
    browser = Client()
    with time_machine.travel(now, tick=False) as clock:
        browser.force_login(make_county()["county_leader"])
        clock.shift(timedelta(minutes=29, seconds=59))
        assert browser.get("/api/figures/").status_code == 200
        clock.shift(timedelta(minutes=30))
        assert browser.get("/api/figures/").status_code == 401


def test_behind_the_middleware_nobody_passes_unasked(settings):
    access = "units.access.middleware.AccessMiddleware"
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if name != access]
    browser = Client()
    browser.force_login(make_county()["county_leader"])
    assert browser.get("/api/figures/").status_code == 403
