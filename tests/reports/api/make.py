"""Calls of the API in a browser's session, answers as plain values."""

from typing import Any

from django.test import Client


def read(browser: Client, address: str, **asked: Any) -> Any:
    answer = browser.get(f"/api/v1/{address}", asked)
    assert answer.status_code == 200, answer.content.decode()
    return answer.json()


def refused(browser: Client, address: str, **asked: Any) -> tuple[int, dict[str, Any]]:
    """The status, and the first message of each field."""
    answer = browser.get(f"/api/v1/{address}", asked)
    errors = answer.json()["errors"]
    return answer.status_code, {each["field"]: each["message"] for each in errors}
