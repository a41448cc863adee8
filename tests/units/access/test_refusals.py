"""Every refusal leaves one line in the trail."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

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
