"""Calls of the API in a browser's session, answers as plain values."""

from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

NOT_OURS = ("throttle_counts", "SAVEPOINT")
"""Where PostgreSQL is used, it also counts the requests of a minute."""


def read(browser: Client, address: str, **asked: Any) -> Any:
    answer = browser.get(f"/api/v1/{address}", asked)
    assert answer.status_code == 200, answer.content.decode()
    return answer.json()


def refused(browser: Client, address: str, **asked: Any) -> tuple[int, dict[str, Any]]:
    """The status, and the first message of each field."""
    answer = browser.get(f"/api/v1/{address}", asked)
    errors = answer.json()["errors"]
    return answer.status_code, {each["field"]: each["message"] for each in errors}


def queries_of(browser: Client, address: str, **asked: Any) -> int:
    """The number of queries behind an answer, sent to its end, but for those of a first visit."""
    browser.get(f"/api/v1/{address}", asked)
    with CaptureQueriesContext(connection) as queries:
        answer = browser.get(f"/api/v1/{address}", asked)
        assert answer.status_code == 200
        answer.getvalue()
    said = [each["sql"] for each in queries.captured_queries]
    return sum(not any(word in sql for word in NOT_OURS) for sql in said)
