import pytest
from django.test import Client, override_settings

from portal.access import POLICY
from tests.portal.county import make_county
from tests.units.rest import notes
from units.access.rules import Policy


@pytest.fixture
def clerk(db, monkeypatch):
    """A clerk's browser, in a portal that has the resource of notes.py besides."""
    monkeypatch.setattr("portal.access.POLICY", Policy(POLICY, notes.RULES))
    browser = Client(raise_request_exception=False)
    browser.force_login(make_county()["clerk"])
    with override_settings(ROOT_URLCONF=notes.__name__):
        yield browser
