"""R15: senders killed at every moment of their talk with the server, some of them exact.

A mail may end *sent* or *unknown*, never twice at the server, and never again once unknown.
"""

import asyncio
import os
import signal
from collections import Counter
from datetime import timedelta
from random import Random
from threading import Lock
from typing import Any

from aiosmtpd.smtp import SMTP

from reports import delivery
from reports.models import Delivery
from tests.faults.county import make_mails
from tests.faults.scenario import Outcome, Scenario
from tests.faults.stack import Stack
from tests.reports.mail import NOW
from tests.reports.senders import Senders, senders
from tests.services.smtp import Handler, Server, smtp_server

APART = 20
"""Minutes between senders, more than a lease: each finds what the one before left."""
MAILS_A_KILL = 6
LONGEST_WAIT = 0.006
"""Seconds after the server's answer; committing `sending` and DATA fall into them."""
POINTS = ("offered", "committing", "arriving", "arrived")
LATER = (1, 2, 40)
"""Days after which nothing may go out any more."""


class Trap(Handler):
    """Kills the sender at one point of its talk: while the server ponders the recipient, around
    the commit before DATA, before the answer to the body, around the mark after it."""

    def __init__(self) -> None:
        super().__init__()
        self.sprung: Counter[str] = Counter()
        self._lock = Lock()
        self._pid = 0

    def arm(self, pid: int, chance: Random) -> None:
        with self._lock:
            self._pid, self._point = pid, chance.choice(POINTS)
            self._pass_by = chance.randrange(MAILS_A_KILL - 1)
            self._wait = chance.uniform(0, LONGEST_WAIT)

    def disarm(self) -> None:
        with self._lock:
            self._pid = 0

    async def handle_RCPT(
        self, server: SMTP, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        self._reach("offered", wait=False)
        self._reach("committing", wait=True)
        return await super().handle_RCPT(server, session, envelope, address, options)

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Any) -> str:
        self._reach("arriving", wait=False)
        self._reach("arrived", wait=True)
        return await super().handle_DATA(server, session, envelope)

    def _reach(self, point: str, *, wait: bool) -> None:
        if not self._pid or point != self._point:
            return
        self._pass_by -= 1
        if self._pass_by >= 0:
            return
        if wait:
            asyncio.get_running_loop().call_later(self._wait, self._kill, point)
        else:
            self._kill(point)

    def _kill(self, point: str) -> None:
        with self._lock:
            if self._pid:
                os.kill(self._pid, signal.SIGKILL)
                self.sprung[point] += 1
                self._pid = 0


def kill_senders(stack: Stack, chance: Random) -> Outcome:
    kills = stack.number(1000, 12)
    mails = make_mails([f"unit@u{n}.example" for n in range(kills * MAILS_A_KILL)], at=NOW)
    trap = Trap()
    with (
        smtp_server(handler=trap) as server,
        senders(os.environ["DATABASE_URL"], server.port) as processes,
    ):
        turn = 0
        while sum(trap.sprung.values()) < kills and turn < 2 * kills:
            trap.arm(processes.start(turn * APART), chance)
            processes.wait()
            trap.disarm()
            turn += 1
        minutes = turn * APART
        processes.run(minutes)
        delivery.sweep(now=NOW + timedelta(minutes=minutes, days=1))
        before = Counter(server.message_ids())
        again = resent(processes, server, minutes)
    ends = dict(Delivery.objects.values_list("message_id", "state"))
    sent = {name for name, state in ends.items() if state == "sent"}
    unknown = {name for name, state in ends.items() if state == "unknown"}
    points = ", ".join(f"{trap.sprung[point]} {point}" for point in POINTS)
    outcome = Outcome(
        f"{sum(trap.sprung.values()):,} kills, {len(mails):,} mails",
        duplicates=sum(count - 1 for count in before.values()),
        lost=len(set(mails) - sent - unknown),
        notes=f"{points}; {len(unknown)} unknown, of them {len(unknown & before.keys())} arrived",
    )
    outcome.expect(sum(trap.sprung.values()) >= kills, "not every sender met its trap")
    outcome.expect(sent <= before.keys(), f"{len(sent - before.keys())} falsely sent")
    outcome.expect(set(before) <= sent | unknown, "a mail arrived that is called neither")
    outcome.expect(len(unknown) <= kills, "more unknown than kills")
    outcome.expect(again == 0, f"{again} sent again by themselves")
    return outcome


def resent(processes: Senders, server: Server, minutes: int) -> int:
    """How many mails go out of themselves on later days; unknown ones must not."""
    before = len(server.received)
    for days in LATER:
        delivery.sweep(now=NOW + timedelta(minutes=minutes, days=days))
        processes.run(minutes + days * 24 * 60)
    return len(server.received) - before


SCENARIOS = (Scenario("senders killed", "R15", kill_senders),)
