"""R4 to R7: Redis down, hung, emptied, killed and full, under load and with jobs under way."""

import subprocess
import time
from collections import Counter
from collections.abc import Callable
from random import Random

import redis

from tests.faults import work
from tests.faults.county import clerks
from tests.faults.forms import NEW, Writer
from tests.faults.scenario import Outcome, Scenario
from tests.faults.stack import WORKER, Stack, Web, wait_until
from tests.faults.visitor import Act, Answer, Load, Visitor

ASK = "/exports/ask/"
PAGES = ("/", "/sessions/", "/exports/")
PAUSE = 0.2
"""Seconds a visitor reads before the next click: the machine is not to be at its limit."""


def down(stack: Stack, chance: Random) -> Outcome:
    """Nobody at Redis's port."""
    return _without_redis(stack, stack.number(600, 3), stack.redis.kill, stack.redis.start)


def hung(stack: Stack, chance: Random) -> Outcome:
    """Redis takes connections and never answers, as over a dead line."""
    return _without_redis(stack, stack.number(30, 3), stack.redis.hang, stack.redis.go_on)


def _without_redis(
    stack: Stack, seconds: int, take: Callable[[], None], give_back: Callable[[], None]
) -> Outcome:
    visitors = stack.number(8, 4)
    before, restarts = stack.number(20, 2), stack.restarts
    with stack.web() as web, stack.clockwork():
        people = clerks(web.port, visitors)
        with Load(people, _clicks(Writer(visitors)), pause=PAUSE) as load:
            time.sleep(before)
            gone = time.monotonic()
            take()
            asked = work.ask(stack.number(100, 4), "without-redis")
            time.sleep(seconds)
            back = time.monotonic()
            give_back()
        work.wait_until_over()
        recovered = time.monotonic() - back
    slow = max((answer.seconds for at, answer in load.answers if gone < at < back), default=0.0)
    outcome = Outcome(
        f"{sum(load.statuses.values()):,} requests, {len(asked)} jobs, {seconds} s without Redis",
        errors=sum(n for status, n in load.statuses.items() if status >= 500 or not status),
        notes=f"p95 {load.p95(until=gone) * 1000:.0f} ms before, "
        f"{load.p95(gone, back) * 1000:.0f} ms without, slowest {slow:.1f} s; "
        f"all done {recovered:.0f} s after; {stack.restarts - restarts} processes started again",
    )
    outcome.expect(not load.statuses[422], "a form was refused")
    return work.judge(outcome)


def _clicks(writer: Writer) -> Act:
    """Pages, drafts and wishes for workbooks in turn."""

    def click(visitor: Visitor, turn: int) -> Answer:
        if turn % 5 == 3:
            return visitor.post(NEW, writer.new(visitor))
        if turn % 5 == 4:
            kind = work.KINDS[turn // 5 % len(work.KINDS)]
            return visitor.post(ASK, {"kind": kind, "as_of": "2026-10-31"})
        return visitor.get(PAGES[turn % 5])

    return click


def emptied(stack: Stack, chance: Random) -> Outcome:
    """FLUSHALL again and again while jobs are under way."""
    return _losing_calls(stack, chance, stack.number(10, 2), stack.redis.flush, "FLUSHALL")


def killed(stack: Stack, chance: Random) -> Outcome:
    """kill -9 of a Redis that keeps nothing on disk."""

    def kill_and_start() -> None:
        stack.redis.kill()
        time.sleep(chance.uniform(0, 2))
        stack.redis.start()

    return _losing_calls(stack, chance, stack.number(10, 1), kill_and_start, "kill -9")


def _losing_calls(
    stack: Stack, chance: Random, times: int, lose: Callable[[], None], words: str
) -> Outcome:
    count = stack.number(500, 10)
    with stack.clockwork(processes=2):
        work.ask(count, words)
        for _ in range(times):
            time.sleep(chance.uniform(0, 2))
            lose()
        work.wait_until_over()
    return work.judge(Outcome(f"{count} jobs, {times} × {words}"))


def full(stack: Stack, chance: Random) -> Outcome:
    """No memory left: calls are refused, jobs wait; a policy that evicts is refused at start."""
    count = stack.number(300, 10)
    with redis.Redis.from_url(stack.redis.url) as client:
        left = client.llen("jobs")  # calls of scenarios before, for work that is done
        client.config_set("maxmemory", "100kb")  # less than an empty one uses
        with stack.web() as web:
            load = _ask_by_hand(stack, web)
            asked = work.ask(count, "full")
            queued = client.llen("jobs") - left
        client.config_set("maxmemory", "0")
        with stack.clockwork():
            work.wait_until_over()
        client.config_set("maxmemory-policy", "allkeys-lru")
        refused = _refuses_to_start(stack)
        client.config_set("maxmemory-policy", "noeviction")
    outcome = Outcome(
        f"{len(asked)} jobs, {sum(load.values())} requests",
        errors=sum(n for status, n in load.items() if status >= 500 or not status),
        notes=f"{queued} calls got through",
    )
    outcome.expect(queued == 0, "Redis was not full")
    outcome.expect(refused, "a worker starts on a Redis that evicts")
    return work.judge(outcome)


def _ask_by_hand(stack: Stack, web: Web) -> Counter[int]:
    people = clerks(web.port, stack.number(8, 2))
    return Counter(
        each.post(ASK, {"kind": kind, "as_of": "2026-10-31"}).status
        for each in people
        for kind in work.KINDS
    )


def _refuses_to_start(stack: Stack) -> bool:
    with stack.process(*WORKER, "--concurrency", "1") as worker:
        try:
            return wait_until(lambda: not worker.is_running(), seconds=30)
        except subprocess.SubprocessError:
            return False


SCENARIOS = (
    Scenario("Redis down under load", "R4", down),
    Scenario("Redis hangs under load", "R5", hung),
    Scenario("Redis emptied", "R6", emptied),
    Scenario("Redis killed", "R6", killed),
    Scenario("Redis full", "R7", full),
)
