"""Run as a process of its own on a data folder: the demo's job, its worker killed all the time.

Prints as JSON what became of every job and mail.
"""

import hashlib
import json
import random
import sys
import time
from collections.abc import Callable
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402  needs the apps
from django.core.management import call_command  # noqa: E402
from django.utils import timezone  # noqa: E402

from portal.embedded.worker import running_worker  # noqa: E402
from portal.sample.request import SampleRequest  # noqa: E402
from portal.sample.writer import load_sample_county  # noqa: E402
from reports.jobs import ask_rollup  # noqa: E402
from reports.models import Delivery, Job  # noqa: E402
from reports.periods import Month  # noqa: E402
from reports.planner import plan_month  # noqa: E402
from reports.working_days import recorded_calendar  # noqa: E402
from units.models import Unit  # noqa: E402

MONTHS = [Month(2026, number) for number in range(1, 5)]
UNDER_WAY = (Delivery.State.QUEUED, Delivery.State.SENDING, Delivery.State.RETRY)


def ask_for_everything() -> int:
    """Four months' workbooks and mails of a county of 24 units; how many mails that is."""
    load_sample_county(SampleRequest(units=24, year=2026, seed=1, until=MONTHS[-1].last))
    root = Unit.objects.get(parent=None)
    root.mail_schedules.update(first_period=MONTHS[0].key)
    now = timezone.now()
    mails = 0
    for month in MONTHS:
        mails += plan_month(root, month, now=now, calendar=recorded_calendar()).queued
        ask_rollup(root=root, as_of=month.last, asked_by=None, at=now)
    return mails


def is_over() -> bool:
    return not (
        Job.objects.filter(state__in=Job.UNFINISHED).exists()
        or Delivery.objects.filter(state__in=UNDER_WAY).exists()
    )


def kill_workers(kills: int, chance: random.Random, taken: Callable[[], int]) -> int:
    """How many of the kills met a worker at work (some come when all is done)."""
    met = 0
    for _ in range(kills):
        with running_worker(beat=True) as worker:
            worker.wait_until(moved_on(taken), seconds=60)
            time.sleep(chance.uniform(0, 0.4))
            met += not is_over()
            worker.kill()
    return met


def moved_on(taken: Callable[[], int]) -> Callable[[], bool]:
    before = taken()
    return lambda: taken() != before or is_over()


def steps() -> int:
    """Grows whenever a worker takes something up or finishes it."""
    attempts = sum(Job.objects.values_list("attempts", flat=True))
    return attempts + sum(Delivery.objects.values_list("attempts", flat=True))


def told() -> dict[str, Any]:
    jobs = [
        {
            "state": job.state,
            "file": job.file,
            "whole": hashlib.sha256(
                (settings.EXPORTS_DIR / job.file).read_bytes() if job.file else b""
            ).hexdigest()
            == job.sha256,
        }
        for job in Job.objects.order_by("id")
    ]
    return {
        "jobs": jobs,
        "files": sorted(path.name for path in settings.EXPORTS_DIR.iterdir()),
        "mails": dict(Delivery.objects.values_list("message_id", "state")),
    }


if __name__ == "__main__":
    call_command("migrate", interactive=False, verbosity=0)
    planned = ask_for_everything()
    met = kill_workers(int(sys.argv[1]), random.Random(1), steps)
    with running_worker(beat=True) as worker:
        worker.wait_until(is_over, seconds=120)
    json.dump({"met": met, "planned": planned, **told()}, sys.stdout)
