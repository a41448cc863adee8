import datetime as dt
from dataclasses import replace

import pytest
from django.db import transaction

from portal.sample.request import SampleRequest
from portal.sample.writer import load_sample_county

UNTIL = dt.date(2026, 10, 31)


def make_request(**changes) -> SampleRequest:
    return replace(SampleRequest(units=40, year=2026, seed=1, until=UNTIL), **changes)


@pytest.fixture(scope="module")
def county(django_db_setup, django_db_blocker):
    """A sample county of 40 units for all tests of a module, gone afterwards."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_sample_county(make_request(without_address=2))
        yield
        transaction.set_rollback(True)
