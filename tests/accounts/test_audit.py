from datetime import UTC, datetime

import pytest

from accounts import audit
from accounts.models import AuditEvent

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 7, 1, 8, tzinfo=UTC)


def record_lines(count: int) -> list[AuditEvent]:
    return [audit.record(action="session.submit", at=NOW, object_id=n) for n in range(count)]


def test_an_untouched_trail_is_whole():
    record_lines(3)
    assert audit.follow_chain().broken_at is None


def test_a_changed_line_is_named():
    lines = record_lines(3)
    AuditEvent.objects.filter(pk=lines[1].pk).update(action="session.accept")
    assert audit.follow_chain().broken_at == lines[1].pk


def test_a_missing_line_shows_at_its_successor():
    lines = record_lines(3)
    lines[1].delete()
    assert audit.follow_chain().broken_at == lines[2].pk


def test_dates_and_names_survive_the_database():
    audit.record(action="roster.change", at=NOW, before={"name": "测甲", "on": NOW.date()})
    assert audit.follow_chain().broken_at is None
