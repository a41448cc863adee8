"""R1, R2, R3: workers killed, whole or in part, and a task that Redis hands out twice."""

import os
import signal
import time
from contextlib import ExitStack
from random import Random

from reports import delivery
from reports.models import Delivery, Job
from tests.faults import work
from tests.faults.county import plan_months
from tests.faults.keeper import Kept
from tests.faults.scenario import Outcome, Scenario
from tests.faults.stack import Stack, children_of, wait_until

SLOW_SECONDS = 8
PATIENCE = 120
"""Seconds after the last job within which the mails must have come to an end."""


def kill_children(stack: Stack, chance: Random) -> Outcome:
    """The forked children that do the work, again and again, while there is work."""
    asked, kills = stack.number(1000, 12), stack.number(100, 2)
    killed = 0
    with stack.beat(), stack.worker(3) as worker:
        work.ask(asked, "children")
        for _ in range(kills):
            if not _meet_work(1):
                break
            time.sleep(chance.uniform(0, 0.3))
            killed += _kill_children(worker)
        work.wait_until_over()
    outcome = work.judge(
        Outcome(f"{asked:,} jobs, {killed} children killed in {kills} blows"), may_fail=True
    )
    outcome.expect(killed >= kills, "the blows did not meet work")
    return outcome


def kill_workers(stack: Stack, chance: Random) -> Outcome:
    """Main process and children at once, as a power cut, with jobs and mails under way."""
    asked, kills = stack.number(200, 6), stack.number(30, 1)
    mails = plan_months(stack.number(10, 2))
    with stack.beat():
        work.ask(asked, "workers")
        for _ in range(kills):
            with stack.worker() as worker:
                _meet_work(60)
                time.sleep(chance.uniform(0, 1.5))
                worker.kill()
        begun = time.monotonic()
        with ExitStack() as running:
            running.enter_context(stack.worker())
            work.wait_until_over()
            wait_until(_mails_are_over, seconds=PATIENCE)
            took = time.monotonic() - begun
    ids = stack.smtp.message_ids()
    states = dict(Delivery.objects.values_list("message_id", "state"))
    sent = {name for name, state in states.items() if state == "sent"}
    unknown = {name for name, state in states.items() if state == "unknown"}
    outcome = Outcome(
        f"{kills} kills, {asked} jobs, {len(mails):,} mails",
        duplicates=len(ids) - len(set(ids)),
        lost=len(set(mails) - sent - unknown),
        notes=f"{len(unknown)} mails unknown; all over {took:.0f} s after the last kill",
    )
    outcome.expect(sent <= set(ids), "a mail is falsely called sent")
    return work.judge(outcome, may_fail=True)


def outlast_visibility(stack: Stack, chance: Random) -> Outcome:
    """Jobs that take longer than Redis believes any task may: handed out again, done once."""
    journal = stack.folder / "slow.log"
    journal.touch()
    settings = {
        "DJANGO_SETTINGS_MODULE": "tests.settings.faults",
        "SLOW_JOURNAL": str(journal),
        "SLOW_SECONDS": str(SLOW_SECONDS),
    }
    asked = stack.number(4, 1)
    with stack.worker(3, **settings), stack.worker(3, **settings), stack.beat(**settings):
        ids = work.ask(asked, "slow")
        wait_until(work.are_over, seconds=120)
    lines = journal.read_text().split()
    starts, calls = lines.count("start"), lines.count("called")
    outcome = Outcome(
        f"{asked} jobs of {SLOW_SECONDS} s, visibility 2 s",
        duplicates=max(0, starts - asked) + max(0, lines.count("end") - asked),
        lost=asked - Job.objects.filter(pk__in=ids, state="done").count(),
        notes=f"handed out {calls} times, begun {starts} times",
    )
    outcome.expect(calls > asked, "Redis never handed a job out again: nothing was tried")
    return outcome


def _meet_work(least: int) -> bool:
    """Waits until somebody is at a job; False when all is done."""
    if least > 1:
        wait_until(_somebody_works, seconds=least, every=0.02)
    return wait_until(_somebody_works, seconds=20, every=0.02) and not work.are_over()


def _somebody_works() -> bool:
    return (
        Job.objects.filter(state=Job.State.RUNNING).exists()
        or Delivery.objects.filter(state=Delivery.State.SENDING).exists()
        or work.are_over()
    )


def _mails_are_over() -> bool:
    under_way = (*delivery.WAITING, Delivery.State.SENDING)
    return not Delivery.objects.filter(state__in=under_way).exists()


def _kill_children(worker: Kept) -> int:
    """All of them at once, so that whoever works is among them; how many."""
    children = children_of(worker.pid)
    for pid in children:
        os.kill(pid, signal.SIGKILL)
    return len(children)


SCENARIOS = (
    Scenario("worker's children killed", "R1", kill_children),
    Scenario("workers killed", "R2", kill_workers),
    Scenario("longer than visibility", "R3", outlast_visibility),
)
