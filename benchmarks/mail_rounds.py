"""The senders of `benchmarks.mail`, in a process of their own with the portal's settings.

Asks for the mail server's figures by writing a line and reading `mails connections`.
"""

import argparse
import datetime as dt
import multiprocessing
import sys
import time
from collections.abc import Callable
from statistics import median

import django

django.setup()

# The apps must be loaded before their models are imported.
from django.core.mail import EmailMessage, get_connection  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.models import F, Value  # noqa: E402
from django.db.models.functions import Concat, Lower  # noqa: E402

from benchmarks.county import YEAR, Province  # noqa: E402
from reports import planner  # noqa: E402
from reports.emails.compose import compose  # noqa: E402
from reports.models import Delivery  # noqa: E402
from reports.national_calendar import national_calendar  # noqa: E402
from reports.periods import Month  # noqa: E402
from reports.rule_sets import create_default, publish  # noqa: E402
from reports.sending import send_chunk  # noqa: E402
from units.models import Unit, UnitName  # noqa: E402

PROCESSES = 2
GOAL = 0.85
NOW = dt.datetime(2026, 12, 3, 1, 0, tzinfo=dt.UTC)

fork = multiprocessing.get_context("fork")


def fill(units: int) -> None:
    """Units with a year of sessions, their rules, names and addresses; the mails of November."""
    call_command("migrate", verbosity=0)
    Province(units).write()
    publish(rule_set=create_default(year=YEAR, title="规则"), at=NOW, by=None)
    Unit.objects.with_group().update(email=Concat(Lower(F("code")), Value("@units.example")))
    UnitName.objects.bulk_create(
        UnitName(unit=unit, name=f"{unit.code}单位", short_name=unit.code)
        for unit in Unit.objects.all()
    )
    root = Unit.objects.get(parent=None)
    planner.plan_month(root, Month(YEAR, 11), now=NOW, calendar=national_calendar())


def queue_again() -> None:
    """Every mail as it was before it was sent."""
    Delivery.objects.update(state=Delivery.State.QUEUED, attempts=0, sent_at=None)


def plain_loop() -> None:
    """One process, one connection; a row is marked when its mail has gone."""
    ids = list(Delivery.objects.order_by("id").values_list("id", flat=True))
    mailer = get_connection()
    mailer.open()
    for start in range(0, len(ids), 25):
        for key, message in compose(ids[start : start + 25]).items():
            if not isinstance(message, EmailMessage):
                raise message
            mailer.send_messages([message])
            Delivery.objects.filter(id=key).update(state=Delivery.State.SENT, sent_at=NOW)
    mailer.close()


def chunks() -> None:
    """The portal's own sender until nothing is due."""
    while send_chunk(clock=lambda: NOW):
        pass


def timed(work: Callable[[], None], processes: int) -> float:
    """Seconds from the moment all processes stand ready to the end of the last."""
    connection.close()
    ready = fork.Barrier(processes + 1)

    def run() -> None:
        connection.ensure_connection()
        ready.wait()
        work()
        connection.close()

    workers = [fork.Process(target=run) for _ in range(processes)]
    for worker in workers:
        worker.start()
    ready.wait()
    begun = time.perf_counter()
    for worker in workers:
        worker.join()
    seconds = time.perf_counter() - begun
    if any(worker.exitcode for worker in workers):
        sys.exit("a sender failed")
    return seconds


def rounds(runs: int, counted: Callable[[], tuple[int, int]]) -> None:
    """Interleaved rounds, then a line for each way and the ratio, to the error stream."""
    found: dict[str, list[float]] = {"loop": [], "ours": []}
    used: dict[str, tuple[int, int]] = {}
    for _ in range(runs):
        for name, work, processes in (("loop", plain_loop, 1), ("ours", chunks, PROCESSES)):
            queue_again()
            mails, connections = counted()
            found[name].append(timed(work, processes))
            now_mails, now_connections = counted()
            used[name] = (now_mails - mails, now_connections - connections)
    for name, label in (("loop", "plain loop"), ("ours", f"chunks of 25, prefork {PROCESSES}")):
        mails, connections = used[name]
        seconds = median(found[name])
        tell(f"{label:<26}{seconds:>8.2f} s{mails:>8} mails{connections:>6} connections")
    ratio = median(a / b for a, b in zip(found["ours"], found["loop"], strict=True))
    tell(f"ours ÷ plain loop: {ratio:.2f} (goal ≤ {GOAL})")


def tell(line: str) -> None:
    """To the error stream: the other one asks the mail server."""
    sys.stderr.write(f"{line}\n")


def ask() -> tuple[int, int]:
    """The server's (mails, connections) so far."""
    sys.stdout.write("?\n")
    sys.stdout.flush()
    mails, connections = sys.stdin.readline().split()
    return int(mails), int(connections)


def main() -> None:
    """Fills the database and measures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--units", type=int, required=True)
    parser.add_argument("--runs", type=int, required=True)
    options = parser.parse_args()
    fill(options.units)
    rounds(options.runs, ask)


if __name__ == "__main__":
    main()
