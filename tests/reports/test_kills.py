"""Senders killed at any moment: nothing twice, nothing lost, nothing called sent that is not."""

import os
import random
import signal
import time
from collections import Counter
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.db import connection

from reports import delivery
from reports.models import Delivery
from tests.reports.mail import NOW, make_deliveries
from tests.reports.senders import senders
from tests.services.smtp import Server, smtp_server

pytestmark = pytest.mark.django_db(transaction=True)

MAILS, KILLS = 800, 40
FEW = 15
"""A sender is killed within so many mails: counted, not timed, so that no fast one ends before."""
APART = 20
"""Minutes between senders, more than a lease: each finds what the one before left."""


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
    server_of = urlsplit(os.environ["TEST_POSTGRES_URL"])
    database = server_of._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
    with smtp_server() as server, senders(database, server.port) as processes:
        for turn in range(KILLS):
            enough = len(server.received) + chance.randrange(FEW)
            pid = processes.start(turn * APART)
            wait_for(server, enough)
            time.sleep(chance.uniform(0, 0.005))
            os.kill(pid, signal.SIGKILL)
            processes.wait()
        processes.run(KILLS * APART)
        delivery.sweep(now=NOW + timedelta(days=1))
        arrived = Counter(server.message_ids())
    ends = dict(Delivery.objects.values_list("message_id", "state"))
    assert set(arrived.values()) == {1}
    assert set(ends.values()) <= {"sent", "unknown"}
    assert {row for row, state in ends.items() if state == "sent"} <= set(arrived)
    assert set(arrived) <= set(ends)
    assert 0 < sum(state == "unknown" for state in ends.values()) <= KILLS
