"""R18: the disk fills up while a workbook is written."""

import errno
import hashlib
import os
import subprocess
from pathlib import Path
from random import Random

from django.conf import settings

from reports.models import Job
from tests.faults import work
from tests.faults.scenario import Outcome, Scenario
from tests.faults.stack import Stack, wait_until

SMALL = "1m"


def full(stack: Stack, chance: Random) -> Outcome:
    """A file system with no room left where workbooks are made; then room is made.

    A tmpfs of 1 MB, which takes the right to mount one; without it the scenario is left out.
    """
    exports = Path(settings.EXPORTS_DIR)
    exports.mkdir(parents=True, exist_ok=True)
    times = stack.number(20, 1)
    if not _mount(exports):
        return Outcome("", left_out="no right to mount a small file system")
    try:
        before = _older_file(exports)
        filler = exports / "filler"
        _fill(filler)
        with stack.worker(), stack.beat():
            asked = work.ask(times, "no-room")
            wait_until(work.are_over, seconds=120)
        states = Job.objects.filter(pk__in=asked)
        told = sum(row.state == "failed" and "磁盘空间不足" in row.error for row in states)
        litter = [path.name for path in exports.iterdir() if path != filler]
        whole = _sum(exports / "older.xlsx") == before
        filler.unlink(missing_ok=True)
        (exports / "older.xlsx").unlink()
        Job.objects.all().delete()
        with stack.clockwork():
            work.ask(stack.number(6, 1), "room-again")
            wait_until(work.are_over, seconds=120)
        outcome = work.judge(
            Outcome(
                f"{times} workbooks without room",
                notes=f"{told} told “磁盘空间不足”",
            )
        )
    finally:
        subprocess.run(["umount", str(exports)], check=True)
    outcome.expect(told == times, f"{times - told} did not fail for want of room")
    outcome.expect(litter == ["older.xlsx"], f"left behind: {litter}")
    outcome.expect(whole, "an older file was changed")
    return outcome


def _mount(folder: Path) -> bool:
    command = ["mount", "-t", "tmpfs", "-o", f"size={SMALL}", "tmpfs", str(folder)]
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False


def _fill(filler: Path) -> None:
    """Until the system says there is no room."""
    with filler.open("wb", buffering=0) as file:
        while True:
            try:
                file.write(os.urandom(4096))
            except OSError as error:
                if error.errno != errno.ENOSPC:
                    raise
                return


def _older_file(folder: Path) -> str:
    path = folder / "older.xlsx"
    path.write_bytes(b"older" * 100)
    return _sum(path)


def _sum(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


SCENARIOS = (Scenario("disk full", "R18", full),)
