import pytest
from django.test import Client

from tests.portal.county import County, make_county
from tests.portal.trail.make import browser_of


@pytest.fixture
def county() -> County:
    return make_county()


@pytest.fixture
def auditor(county) -> Client:
    """The security auditor, before whom nothing happened."""
    return browser_of(county, "security_auditor")
