"""Who comes on the afternoon of `benchmarks.load`, what they do, and in which order.

Asks for models: to be imported once Django is set up.
"""

import json
import os
import random
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from threading import Event, Thread
from typing import NamedTuple

from django.db import connection
from django.utils import timezone

from sessions.recording.due import due_members
from tests.faults import county, work
from tests.faults.forms import NEW, new_form
from tests.faults.stack import Stack, wait_until
from tests.faults.visitor import Answer, Visitor
from tests.portal.county import make_assignment, make_user
from tests.services.redis import free_port
from units.access.roles import Role
from units.models import Unit

GUNICORN = ("-m", "gunicorn", "--config", "python:portal.web_server", "portal.wsgi:application")
AFTERNOON = 4 * 3600
"""Seconds that the rounds stand for."""
THINKING = {"home": 20, "form": 30, "save": 300, "submit": 60, "list": 20}
"""Seconds from one step to the next, at most; half of it at least."""
GIVES_WAY = 7
"""Niceness of the worker: the share that `CPUWeight=20` gives its service (215 to 1024)."""
PATIENCE = 120
"""Seconds for one workbook, and for the clerks of a round after the last has come."""


class Took(NamedTuple):
    """One step of one clerk; ``beside``: while workbooks were written. Status 0: cut, too late."""

    step: str
    beside: bool
    seconds: float
    status: int
    is_right: bool


class Afternoon(NamedTuple):
    """How many come, how long they take to come (once), and in how many rounds."""

    clerks: int
    units: int
    seconds: float
    rounds: int


class Clerk:
    """A browser, and the members of the unit whose session is handed in."""

    def __init__(self, name: str, people: list[int], chance: random.Random) -> None:
        self.name, self.people, self.chance = name, people, chance

    def steps(self, port: int) -> Iterator[tuple[str, Callable[[], Answer], int]]:
        """What is opened or sent, one after the other, and the status it must have."""
        browser = Visitor(port, self.name)
        form = new_form(self.people, timezone.localdate())
        yield "sign-in", browser.try_to_sign_in, 302
        yield "home", partial(browser.get, "/"), 200
        yield "form", partial(browser.get, NEW), 200
        saved: list[Answer] = []
        yield "save", lambda: _kept(saved, browser.post(NEW, form)), 200
        told = json.loads(saved[0].body)
        count = len(self.people)
        confirmed = {"declared": "1", "warnings_accepted": "1", "counts": f"{count}/{count}"}
        sent = form | confirmed | {name: str(told[name]) for name in ("version", "imprint")}
        del sent["autosave"]
        yield "submit", lambda: browser.post(told["address"], {**sent, "then": "submit"}), 302
        yield "list", partial(browser.get, "/sessions/"), 200

    def visit(self, port: int, *, beside: bool, shorter: float, until: float) -> list[Took]:
        """One visit. A step answered wrongly ends it, and so does the moment ``until``."""
        took: list[Took] = []
        for name, step, status in self.steps(port):
            time.sleep(THINKING.get(name, 0) * self.chance.uniform(0.5, 1) / shorter)
            answer = Answer(0) if time.monotonic() > until else step()
            took.append(Took(name, beside, answer.seconds, answer.status, answer.status == status))
            if answer.status != status:
                break
        return took


def _kept(kept: list[Answer], answer: Answer) -> Answer:
    kept.append(answer)
    return answer


@contextmanager
def web(stack: Stack) -> Iterator[int]:
    """gunicorn as the portal configures it; its port."""
    port = free_port()
    with stack.process(*GUNICORN, WEB_BIND=f"127.0.0.1:{port}"):
        visitor = Visitor(port)
        if not wait_until(lambda: visitor.get("/healthz").status == 200, seconds=60):
            raise RuntimeError("the web server does not answer")
        yield port


@contextmanager
def clockwork(stack: Stack) -> Iterator[None]:
    """A scheduler, and a worker that gives way to pages as its service does."""
    with stack.worker() as worker, stack.beat():
        os.setpriority(os.PRIO_PROCESS, worker.pid, GIVES_WAY)
        # Linux shares the processor among sessions first; niceness counts only within one.
        group = Path(f"/proc/{worker.pid}/autogroup")
        if group.exists():
            group.write_text(str(GIVES_WAY))
        yield


def fill(wanted: Afternoon, seed: int) -> list[Clerk]:
    """The sample county and its clerks, several to a unit where there are more of them."""
    county.load(wanted.units, 0, seed)
    today = timezone.localdate()
    groups = list(Unit.objects.with_group().existing_in(today, today).order_by("code"))
    clerks = []
    for number in range(wanted.clerks):
        name, unit = f"load-clerk-{number}", groups[number % len(groups)]
        make_assignment(make_user(name), Role.CLERK, unit)
        people = [member.person_id for member in due_members(unit, today)]
        clerks.append(Clerk(name, people, random.Random(f"{seed}:{name}")))
    return clerks


def warm_up(port: int) -> None:
    """The first answer of each process, and the first workbook, are not what is measured."""
    with ThreadPoolExecutor(8) as pool:
        for _ in range(3):
            list(pool.map(lambda _: Visitor(port).get("/sign-in/"), range(8)))
    with _workbooks(beside=True):
        pass


def rounds(
    clerks: Sequence[Clerk], port: int, wanted: Afternoon, say: Callable[[str], None]
) -> list[Took]:
    """The shares of the clerks in turn, each with and without workbooks; which comes first
    alternates.
    """
    found: list[Took] = []
    length, shorter = wanted.seconds / wanted.rounds, AFTERNOON / wanted.seconds
    for number in range(wanted.rounds):
        share = clerks[number :: wanted.rounds]
        for beside in (False, True) if number % 2 == 0 else (True, False):
            begun = time.monotonic()
            with _workbooks(beside=beside) as written:
                found += _come(share, port, length, beside=beside, shorter=shorter)
            took = time.monotonic() - begun
            say(
                f"round {number + 1} of {wanted.rounds}: {len(share)} clerks, {took:.0f} s, "
                f"{len(written)} workbooks"
            )
    return found


def _come(
    share: Sequence[Clerk], port: int, length: float, *, beside: bool, shorter: float
) -> list[Took]:
    """Each at a moment of its own."""
    begun = time.monotonic()

    def come(clerk: Clerk) -> list[Took]:
        time.sleep(clerk.chance.uniform(0, length))
        return clerk.visit(port, beside=beside, shorter=shorter, until=begun + length + PATIENCE)

    with ThreadPoolExecutor(len(share)) as pool:
        return [each for took in pool.map(come, share) for each in took]


@contextmanager
def _workbooks(*, beside: bool) -> Iterator[list[int]]:
    """The worker writes the county's workbook over and over while the block lasts, if it is to.

    The list of finished jobs is complete after the block; the worker is at rest then.
    """
    over = Event()
    written: list[int] = []

    def keep_asking() -> None:
        while not over.is_set():
            written.append(work.ask_large())
            if not wait_until(work.are_over, seconds=PATIENCE):
                raise RuntimeError("the worker does not write the workbook")
        connection.close()

    asker = Thread(target=keep_asking)
    if beside:
        asker.start()
    try:
        yield written
    finally:
        over.set()
        if beside:
            asker.join()
