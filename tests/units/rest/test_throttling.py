"""Nobody keeps the portal busy for everybody else."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_counted(db):
    caches["throttle"].clear()
    yield
    caches["throttle"].clear()


def test_reads_are_counted_by_the_minute(clerk, settings):
    settings.API_READS_PER_MINUTE = 2
    with time_machine.travel(datetime(2026, 11, 2, 9, 0, 50, tzinfo=UTC), tick=False) as clock:
        assert [clerk.get("/api/v1/notes").status_code for _ in range(2)] == [200, 200]
        answer = clerk.get("/api/v1/notes")
        assert (answer.status_code, answer["Retry-After"]) == (429, "10")
        clock.shift(10)
        assert clerk.get("/api/v1/notes").status_code == 200


def test_writes_have_a_count_of_their_own(clerk, settings):
    settings.API_READS_PER_MINUTE = settings.API_WRITES_PER_MINUTE = 1
    assert clerk.get("/api/v1/notes").status_code == 200
    sent = [
        clerk.post("/api/v1/notes", {"text": "一"}, content_type="application/json")
        for _ in range(2)
    ]
    assert [answer.status_code for answer in sent] == [201, 429]


@pytest.mark.skipif(connection.vendor == "sqlite", reason="counted in memory there")
def test_counting_asks_little_of_the_database(clerk):
    clerk.get("/api/v1/notes")
    with CaptureQueriesContext(connection) as queries:
        clerk.get("/api/v1/notes")
    assert sum("throttle_counts" in each["sql"] for each in queries.captured_queries) <= 4
