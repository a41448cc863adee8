"""Lines of the trail, and those who read them."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.test import Client

from accounts import audit
from accounts.models import AuditEvent
from tests.portal.county import County

NOON = datetime(2026, 7, 1, 4, tzinfo=UTC)


def make_line(minutes: int = 0, **changes: Any) -> AuditEvent:
    values: dict[str, Any] = {"action": "session.save", "at": NOON + timedelta(minutes=minutes)}
    return audit.record(**values | changes)


def browser_of(county: County, who: str) -> Client:
    browser = Client()
    browser.force_login(county[who])
    AuditEvent.objects.all().delete()
    return browser


def read(browser: Client, address: str = "/trail/") -> str:
    answer = browser.get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()
