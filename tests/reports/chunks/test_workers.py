"""A province closed by real worker processes, one of them killed in the midst of its chunk."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from celery import Celery
from django.db import connection, transaction

from portal.embedded.child import Child
from reports.closing import ask_closing, close_month, intact
from reports.models import ClosedUnit, Closing, Job, JobChunk
from tests.faults.stack import WORKER, changed_environment, children_of, wait_until
from tests.reports.chunks.make import LATER, MARCH, kept, make_province
from tests.reports.mail import make_user
from tests.services.redis import redis_folder, redis_server
from units.models import Unit

__all__ = ["redis_folder", "redis_server"]

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("sqlite" in os.environ["DATABASE_URL"], reason="needs a database to share"),
]
PROCESSES = 3


@pytest.fixture
def worker(redis_server: str, tmp_path: Path) -> Iterator[Child]:
    """A worker of some processes that takes a chunk over after two seconds."""
    server = urlsplit(os.environ["TEST_POSTGRES_URL"])
    name = connection.settings_dict["NAME"]
    environment = {
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "DATABASE_URL": server._replace(path=f"/{name}").geturl(),
        "REDIS_URL": redis_server,
        "JOB_LEASE_SECONDS": "2",
        "AT_ONCE_UNITS": "3",
        "CHUNK_UNITS": "2",
    }
    with changed_environment(environment), (tmp_path / "worker.log").open("wb") as log:
        child = Child([*WORKER, "--concurrency", str(PROCESSES)], output=log)
    try:
        yield child
    finally:
        child.kill()


@pytest.fixture
def until(redis_server: str) -> Callable[[Callable[[], bool]], bool]:
    """Calls the sweep, as the clock would, until something holds."""
    app = Celery(broker=redis_server)

    def wait(holds: Callable[[], bool]) -> bool:
        def look() -> bool:
            app.send_task("reports.tasks.sweep", expires=1)
            return holds()

        return wait_until(look, seconds=90, every=0.5)

    return wait


def closed_by_one_process(root: Unit) -> dict[str, object]:
    with transaction.atomic():
        found = kept(close_month(root=root, month=MARCH, at=LATER, by=None))
        transaction.set_rollback(True)
    return found


def running_chunks() -> int:
    return JobChunk.objects.filter(state="running").count()


def test_killed_or_not_they_close_a_month_as_one_process_does(worker, until):
    root = make_province(units=5)
    whole = closed_by_one_process(root)
    job = ask_closing(root=root, month=MARCH, at=LATER, by=make_user())
    with transaction.atomic():
        with connection.cursor() as cursor:  # nobody can store a unit until this block ends
            cursor.execute(f"LOCK TABLE {ClosedUnit._meta.db_table} IN SHARE MODE")
        assert until(lambda: running_chunks() == PROCESSES)
        os.kill(children_of(worker.pid)[0], signal.SIGKILL)
        time.sleep(0.2)
    assert until(lambda: Job.objects.get().state not in Job.UNFINISHED)
    job.refresh_from_db()
    assert (job.state, job.error) == ("done", "")
    closing = Closing.objects.get()
    assert kept(closing) == whole
    assert intact(closing)
