"""R24: clients that send a byte now and then, before the reverse proxy and without one."""

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from random import Random

from tests.faults.county import clerks
from tests.faults.scenario import Outcome, Scenario
from tests.faults.stack import Stack
from tests.faults.visitor import Answer, Load, Visitor
from tests.services.nginx import is_installed, running_nginx

PAGES = ("/", "/sessions/", "/exports/")
PAUSE = 0.2
DECLARED = 4 * 1024 * 1024
"""Bytes of a body that never comes whole."""
EVERY = 0.5
"""Seconds between two bytes."""
USUAL_SECONDS = 1.0
"""What 95 of 100 answers may take beside them, where they did not take as long before."""

Connect = Callable[[], socket.socket]


def held_up(stack: Stack, chance: Random) -> Outcome:
    """Half of them dawdle over the lines of a request, half over an upload."""
    if not is_installed():
        return Outcome("nothing", left_out="nginx is not installed")
    count, seconds = stack.number(50, 6), stack.number(30, 3)
    with stack.web() as web:
        with running_nginx(stack.folder / "nginx", f"127.0.0.1:{web.port}") as proxy:
            people = clerks(proxy.port, stack.number(4, 2), proxy.trust)
            quiet = _visits(people, seconds)

            def through() -> socket.socket:
                plain = socket.create_connection(("127.0.0.1", proxy.port), timeout=60)
                return proxy.trust.wrap_socket(plain, server_hostname="127.0.0.1")

            with _dawdling(through, count) as still_there:
                beside = _visits(people, seconds)
                remaining = still_there()
        straight = _straight(web.port, people, count, seconds)
    outcome = Outcome(
        f"{count} slow clients, {len(beside.answers):,} requests in {seconds} s",
        errors=sum(n for status, n in beside.statuses.items() if status >= 500 or not status),
        notes=f"p95 {quiet.p95() * 1000:.0f} ms without them, {beside.p95() * 1000:.0f} ms beside "
        f"them; without the proxy {len(straight.answers)} requests in {seconds} s",
    )
    outcome.expect(remaining == count, f"only {remaining} slow clients were held to the end")
    outcome.expect(
        beside.p95() <= max(USUAL_SECONDS, 2 * quiet.p95()), "people wait for the slow ones"
    )
    return outcome


def _click(visitor: Visitor, turn: int) -> Answer:
    return visitor.get(PAGES[turn % len(PAGES)])


def _visits(people: Sequence[Visitor], seconds: float) -> Load:
    with Load(people, _click, pause=PAUSE) as load:
        time.sleep(seconds)
    return load


def _straight(port: int, people: Sequence[Visitor], count: int, seconds: float) -> Load:
    """The same at the web server itself: shows that the slow ones are slow enough to matter."""
    for visitor in people:
        visitor.port, visitor.trust = port, None

    def connect() -> socket.socket:
        return socket.create_connection(("127.0.0.1", port), timeout=60)

    # The slow ones go first: who waits for a thread is answered then, and the load can end.
    with Load(people, _click, pause=PAUSE) as load, _dawdling(connect, count):
        time.sleep(seconds)
    return load


@contextmanager
def _dawdling(connect: Connect, count: int) -> Iterator[Callable[[], int]]:
    """So many slow clients; the block may ask how many are still connected."""
    over = threading.Event()
    connected = [connect() for _ in range(count)]
    threads = [
        threading.Thread(target=_dawdle, args=(each, number % 2 == 0, over), daemon=True)
        for number, each in enumerate(connected)
    ]
    for thread in threads:
        thread.start()
    try:
        yield lambda: sum(thread.is_alive() for thread in threads)
    finally:
        over.set()
        for thread, each in zip(threads, connected, strict=True):
            thread.join()
            each.close()


def _dawdle(connection: socket.socket, over_the_head: bool, until: threading.Event) -> None:
    lines = ["POST /sign-in/ HTTP/1.1", "Host: 127.0.0.1", f"Content-Length: {DECLARED}"]
    end = "\r\nX-Slow: " if over_the_head else "\r\n\r\n"
    with suppress(OSError, ssl.SSLError):  # shown the door: the thread is over
        connection.sendall(("\r\n".join(lines) + end).encode())
        while not until.wait(EVERY):
            connection.sendall(b"x")


SCENARIOS = (Scenario("slow clients", "R24", held_up),)
