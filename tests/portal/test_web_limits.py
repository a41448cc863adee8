import pytest
from django.db import connection
from django.db.backends.signals import connection_created

from portal import web_limits


@pytest.fixture
def _limited():
    web_limits.limit_statements()
    connection.close()
    yield
    connection_created.disconnect(web_limits._limit)
    connection.close()


@pytest.mark.strict
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_limited")
def test_a_page_keeps_the_database_busy_for_so_long_only():
    with connection.cursor() as cursor:
        for name, value in web_limits.LIMITS.items():
            cursor.execute(f"SHOW {name}")
            shown = {"60s": "1min"}.get(value, value)  # as PostgreSQL says it
            assert cursor.fetchone() == (shown,)
