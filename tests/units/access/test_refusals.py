"""Every refusal leaves one line in the trail."""

from datetime import timedelta

import pytest
import time_machine
from axes.models import AccessFailureLog
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from accounts.models import AuditEvent
from portal import views
from tests.portal.county import County, make_county

pytestmark = pytest.mark.django_db


@pytest.fixture
def county() -> County:
    return make_county()


def test_what_a_page_itself_refuses_is_noted_once_with_the_reason(county, monkeypatch):
    def refuse(*args, **kwargs):
        raise PermissionDenied("当前状态为“已审核”")

    monkeypatch.setattr(views, "unit_home", refuse)
    browser = Client()
    browser.force_login(county["clerk"])
    assert browser.get("/").status_code == 403
    line = AuditEvent.objects.exclude(action="account.sign_in").get()
    assert (line.action, line.result, line.actor) == ("access.refused", "denied", county["clerk"])
    assert line.after["why"] == "当前状态为“已审核”"


def test_what_the_policy_refuses_is_noted_once(county):
    browser = Client()
    browser.force_login(county["clerk"])
    assert browser.get("/accounts/").status_code == 403
    refused = AuditEvent.objects.filter(result="denied")
    assert [line.action for line in refused] == ["access.denied"]


def test_a_loop_of_refusals_does_not_fill_the_trail(county, settings):
    settings.REFUSALS_NOTED_PER_MINUTE = 3
    browsers = {who: Client() for who in ("clerk", "approver")}
    for who, browser in browsers.items():
        browser.force_login(county[who])
    with time_machine.travel(timezone.now(), tick=False) as clock:
        asked = [browsers["clerk"].get("/accounts/").status_code for _ in range(5)]
        browsers["approver"].get("/accounts/")
        clock.shift(timedelta(minutes=1, seconds=1))
        browsers["clerk"].get(f"/units/{county.sister.code}/")
    lines = AuditEvent.objects.filter(result="denied").order_by("pk")
    assert asked == [403] * 5
    assert [line.after.get("flood", False) for line in lines] == [False, False, True, False, False]
    assert [line.actor for line in lines][-2:] == [county["approver"], county["clerk"]]


def test_a_strangers_loop_of_failed_sign_ins_does_not_either(county, settings):
    settings.REFUSALS_NOTED_PER_MINUTE = 7
    for number in range(9):
        data = {"username": f"nobody{number % 2}", "password": "Not-the-password-1"}
        Client().post("/sign-in/", data)
    Client().post("/sign-in/", {"username": "clerk", "password": "x"}, REMOTE_ADDR="10.0.0.9")
    failed = AuditEvent.objects.filter(result="failed")
    assert failed.count() == 8
    assert AccessFailureLog.objects.count() == 10
