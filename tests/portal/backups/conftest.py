import pytest

from tests.portal.backups.portal import make_portal


@pytest.fixture(scope="package")
def filled_portal(tmp_path_factory, django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        return make_portal(tmp_path_factory.mktemp("portal") / "portal")


@pytest.fixture
def portal(filled_portal, tmp_path):
    """A portal of one unit on SQLite, the test's own."""
    return filled_portal.copy(tmp_path / "portal")
