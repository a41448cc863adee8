from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.portal.county import County, make_county
from tests.sessions.api.calling import Caller, caller_of
from tests.sessions.recording.make import make_group

MOST_QUERIES = 9


@pytest.fixture
def county(db) -> County:
    """The county, its own unit with a group of three."""
    made = make_county()
    make_group(made.own)
    return made


@pytest.fixture
def admin(county) -> Caller:
    return caller_of(county["department_admin"])


@pytest.fixture
def clerk(county) -> Caller:
    return caller_of(county["clerk"])


@pytest.fixture
def queries() -> Callable[[Caller, str], int]:
    """How many queries a list costs whoever has called before; counting calls apart."""

    def count(caller: Caller, address: str) -> int:
        caller.get(address)
        with CaptureQueriesContext(connection) as captured:
            assert caller.get(address).status_code == 200
        ours = [each for each in captured if "SAVEPOINT" not in each["sql"]]
        number = sum("throttle_counts" not in each["sql"] for each in ours)
        assert number <= MOST_QUERIES
        return number

    return count
