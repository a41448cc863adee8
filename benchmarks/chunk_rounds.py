"""The workers of `benchmarks.chunks`, in a process of their own with the portal's settings."""

import argparse
import datetime as dt
import multiprocessing
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import NamedTuple

import django

django.setup()

# The apps must be loaded before their models are imported.
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from accounts.models import User  # noqa: E402
from benchmarks.county import YEAR, Province  # noqa: E402
from reports import jobs  # noqa: E402
from reports.chunks import leases, running  # noqa: E402
from reports.closing import ask_closing, close_month  # noqa: E402
from reports.closings.storing import discard  # noqa: E402
from reports.evaluation import evaluate_and_save  # noqa: E402
from reports.jobs import JobProgress  # noqa: E402
from reports.models import Closing, Evaluation, Job  # noqa: E402
from reports.periods import Month  # noqa: E402
from reports.rule_sets import create_default, publish  # noqa: E402
from units.models import Unit, UnitName  # noqa: E402

MONTH = Month(YEAR, 10)
AT = dt.datetime(YEAR, 12, 3, 1, 0, tzinfo=dt.UTC)

fork = multiprocessing.get_context("fork")


class Took(NamedTuple):
    """Seconds, processor seconds of all workers, the most memory any of them held, in MB."""

    seconds: float
    processor: float
    memory: float


def fill(units: int) -> None:
    """Units with a year of sessions, names, rules, and somebody who closes months."""
    call_command("migrate", verbosity=0)
    if not Unit.objects.exists():
        Province(units).write()
        UnitName.objects.bulk_create(
            UnitName(unit=unit, name=f"{unit.code}单位", short_name=unit.code)
            for unit in Unit.objects.all()
        )
        publish(rule_set=create_default(year=YEAR, title="规则"), at=AT, by=None)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    User.objects.get_or_create(username="bench", defaults={"full_name": "测量"})


def clear() -> None:
    """As it was before: no closing, no evaluation, no job."""
    Closing.every.update(checksum="")
    discard(Closing.every.all())
    Evaluation.objects.all().delete()
    Job.objects.all().delete()


def no_file(job: Job, path: Path, progress: JobProgress) -> str:
    """Stands for the workbook, which is measured elsewhere."""
    path.touch()
    return f"{job.pk}.xlsx"


def ask(work: str, root: Unit) -> Job:
    """The job of a kind of work."""
    if work == "closing":
        user = User.objects.get(username="bench")
        return ask_closing(root=root, month=MONTH, at=timezone.now(), by=user)
    return jobs.ask_rollup(root=root, as_of=MONTH.last, asked_by=None, at=timezone.now())


def at_once(work: str, root: Unit) -> None:
    """The same by one process without chunks."""
    if work == "closing":
        close_month(root=root, month=MONTH, at=timezone.now(), by=None)
    else:
        evaluate_and_save(root=root, as_of=MONTH.last, at=timezone.now())


def in_processes(work: Callable[[], None], number: int) -> tuple[float, float]:
    """Runs it in so many forked processes; processor seconds of all, most memory of any in MB."""
    connection.close()
    ends = fork.SimpleQueue()

    def run() -> None:
        work()
        connection.close()
        used = resource.getrusage(resource.RUSAGE_SELF)
        ends.put((used.ru_utime + used.ru_stime, used.ru_maxrss / 1024))

    workers = [fork.Process(target=run) for _ in range(number)]
    for worker in workers:
        worker.start()
    told = [ends.get() for _ in workers]
    for worker in workers:
        worker.join()
    return sum(one[0] for one in told), max(one[1] for one in told)


def chunked(work: str, root: Unit, processes: int) -> Took:
    """The whole job, shared out among processes."""
    clear()
    job, begun = ask(work, root), time.perf_counter()
    running.run(job.pk, clock=timezone.now, make=no_file)

    def take_chunks() -> None:
        while running.run_chunks(job.pk, clock=timezone.now):
            pass

    used = in_processes(take_chunks, processes)
    leases.sweep(now=timezone.now())
    if not running.run(job.pk, clock=timezone.now, make=no_file):
        job.refresh_from_db()
        sys.exit(f"{work}: {job.state} {job.error} {job.words}")
    return Took(time.perf_counter() - begun, *used)


def whole(work: str, root: Unit) -> Took:
    """The same at once, in a process of its own."""
    clear()
    begun = time.perf_counter()
    used = in_processes(lambda: at_once(work, root), 1)
    return Took(time.perf_counter() - begun, *used)


def rounds(runs: int, processes: list[int]) -> None:
    """A line for each kind of work and each way."""
    root = Unit.objects.get(parent=None)
    units = Unit.objects.with_group().count()
    print(
        f"{'work':<9}{'way':<13}{'units':>7}{'seconds':>9}{'÷ first':>9}"
        f"{'cpu s':>8}{'MB':>6}  checksum"
    )
    for work in ("rollup", "closing"):
        found: dict[str, list[Took]] = {}
        seals: dict[str, str] = {}
        for _run in range(runs):
            for number in (0, *processes):
                way = f"{number} processes" if number else "at once"
                found.setdefault(way, []).append(
                    chunked(work, root, number) if number else whole(work, root)
                )
                sealed = Closing.objects.values_list("checksum", flat=True).first()
                seals[way] = sealed or ""
        base = found[f"{processes[0]} processes"]
        for way, took in found.items():
            ratio = median(
                one.seconds / first.seconds for one, first in zip(took, base, strict=True)
            )
            seconds, memory = median(one.seconds for one in took), max(one.memory for one in took)
            processor = median(one.processor for one in took)
            print(
                f"{work:<9}{way:<13}{units:>7}{seconds:>9.2f}{ratio:>9.2f}{processor:>8.2f}"
                f"{memory:>6.0f}  {seals[way][:12]}",
                flush=True,
            )


def main() -> None:
    """Fills the database if it is empty, and measures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--units", type=int, required=True)
    parser.add_argument("--runs", type=int, required=True)
    parser.add_argument("--processes", type=int, nargs="+", required=True)
    options = parser.parse_args()
    fill(options.units)
    rounds(options.runs, options.processes)


if __name__ == "__main__":
    main()
