from datetime import UTC, datetime
from threading import Barrier, Thread

import pytest
from django.db import connection, transaction

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


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="one writer at a time there anyway")
def test_whoever_waited_goes_on_from_the_line_that_was_written_meanwhile():
    record_lines(1)
    start = Barrier(4)

    def write() -> None:
        start.wait()
        for _each in range(5):
            with transaction.atomic():
                record_lines(2)
        connection.close()

    threads = [Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    chain = audit.follow_chain()
    assert (chain.lines, chain.broken_at) == (41, None)
