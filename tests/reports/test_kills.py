"""Senders killed at any moment: nothing twice, nothing lost, nothing called sent that is not."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.db import connection

from reports import delivery
from reports.models import Delivery
from tests.reports.mail import NOW, make_deliveries
from tests.services.smtp import Server, smtp_server

pytestmark = pytest.mark.django_db(transaction=True)

MAILS, KILLS = 800, 40
FEW = 15
"""A sender is killed within so many mails: counted, not timed, so that no fast one ends before."""
APART = 20
"""Minutes between senders, more than a lease: each finds what the one before left."""


class Senders:
    """A process that forks senders on demand."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def start(self, minutes: int) -> int:
        assert self._process.stdin
        self._process.stdin.write(f"{minutes}\n")
        self._process.stdin.flush()
        return int(self._line())

    def wait(self) -> None:
        assert self._line() == "ended"

    def _line(self) -> str:
        assert self._process.stdout
        return self._process.stdout.readline().strip()


@contextmanager
def senders(port: int) -> Iterator[Senders]:
    server = urlsplit(os.environ["TEST_POSTGRES_URL"])
    database = server._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
    environment = os.environ | {
        "DATABASE_URL": database,
        "EMAIL_URL": f"smtp://127.0.0.1:{port}",
        "DJANGO_SETTINGS_MODULE": "portal.settings",
    }
    with subprocess.Popen(
        [sys.executable, "-m", "tests.reports.sender"],
        env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        yield Senders(process)
        assert process.stdin
        process.stdin.close()


def wait_for(server: Server, mails: int) -> None:
    """Until the server has accepted more than so many mails."""
    deadline = time.monotonic() + 30
    while len(server.received) <= mails:
        assert time.monotonic() < deadline
        time.sleep(0.001)


@pytest.mark.skipif("sqlite" in os.environ["DATABASE_URL"], reason="needs a database to share")
def test_killed_senders_send_nothing_twice_and_lose_nothing():
    chance = random.Random(1)
    make_deliveries([f"unit@u{n}.example" for n in range(MAILS)])
    with smtp_server() as server, senders(server.port) as processes:
        for turn in range(KILLS):
            enough = len(server.received) + chance.randrange(FEW)
            pid = processes.start(turn * APART)
            wait_for(server, enough)
            time.sleep(chance.uniform(0, 0.005))
            os.kill(pid, signal.SIGKILL)
            processes.wait()
        processes.start(KILLS * APART)
        processes.wait()
        delivery.sweep(now=NOW + timedelta(days=1))
        arrived = Counter(server.message_ids())
    ends = dict(Delivery.objects.values_list("message_id", "state"))
    assert set(arrived.values()) == {1}
    assert set(ends.values()) <= {"sent", "unknown"}
    assert {row for row, state in ends.items() if state == "sent"} <= set(arrived)
    assert set(arrived) <= set(ends)
    assert 0 < sum(state == "unknown" for state in ends.values()) <= KILLS
