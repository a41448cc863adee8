import pytest

from tests.portal.county import County, make_county
from tests.sessions.api.calling import Caller, caller_of
from tests.sessions.recording.make import make_group


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
