"""Jobs asked for in numbers, and what became of them."""

import datetime as dt
import hashlib
import time
from collections import Counter
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from reports import jobs
from reports.models import Job
from tests.faults.county import UNTIL, groups, root
from tests.faults.scenario import Outcome

KINDS = (Job.Kind.LEDGER, Job.Kind.ATTENDANCE, Job.Kind.ROLLUP)


def ask(count: int, name: str) -> list[int]:
    """So many workbooks of single units, each another wish; their ids."""
    units = groups()
    now = timezone.now()
    return [
        jobs.ask(
            kind=KINDS[number % len(KINDS)],
            root=units[number % len(units)],
            parameters={"as_of": (UNTIL - dt.timedelta(days=number // len(units))).isoformat()},
            key=f"{name}:{number}",
            asked_by=None,
            at=now,
        )[0].pk
        for number in range(count)
    ]


def ask_large() -> int:
    """The workbook of the whole county."""
    return jobs.ask_rollup(root=root(), as_of=UNTIL, asked_by=None, at=timezone.now()).pk


def are_over() -> bool:
    return not Job.objects.unfinished().exists()


def wait_until_over(*, stalled: float = 60) -> bool:
    """Waits as long as jobs end one after the other; False once none has for so many seconds."""
    left, since = Job.objects.unfinished().count(), time.monotonic()
    while left and time.monotonic() - since < stalled:
        time.sleep(0.2)
        now = Job.objects.unfinished().count()
        if now != left:
            left, since = now, time.monotonic()
    return not left


def judge(outcome: Outcome, *, may_fail: bool = False) -> Outcome:
    """Fills in what is lost and doubled of all jobs; says how many ended how.

    Lost: unfinished, failed without a reason (or at all, unless it `may_fail`), or done without
    its whole file. Doubled: a file no job names, or one that two do.
    """
    rows = list(Job.objects.all())
    folder = Path(settings.EXPORTS_DIR)
    # A draft that stays, in a folder of its own, is nobody's workbook; the daily cleaner takes it.
    files = {path.name for path in folder.glob("*") if path.is_file()}
    named = Counter(row.file for row in rows if row.file)
    for row in rows:
        if row.state == Job.State.DONE:
            outcome.lost += not _is_whole(folder / row.file, row.sha256)
        elif row.state == Job.State.FAILED:
            outcome.lost += not (may_fail and row.error)
        else:
            outcome.lost += 1
    outcome.duplicates += len(files - named.keys())
    outcome.duplicates += sum(times - 1 for times in named.values())
    states = Counter(row.state for row in rows)
    told = ", ".join(f"{times} {state}" for state, times in sorted(states.items()))
    tries = sum(row.attempts for row in rows)
    outcome.notes = "; ".join(filter(None, [outcome.notes, f"{told} in {tries:,} tries"]))
    return outcome


def _is_whole(path: Path, sha256: str) -> bool:
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == sha256
