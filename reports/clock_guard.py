"""A clock that was set forward sends no mail before its time.

A power cut and a clock set by hand look alike: much time has passed since the last look. But while
a machine runs it counts the seconds since its start by another clock that nobody can set; if the
start itself seems to move, it is the wall clock that moved. Set backward it does no harm: what was
queued stays queued once.
"""

import datetime as dt
import logging
import time
from pathlib import Path
from typing import NamedTuple

from django.utils import timezone

from reports.models import ClockReading

logger = logging.getLogger(__name__)

TOLERATED = dt.timedelta(days=1)
_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


class Reading(NamedTuple):
    """Which start of which machine, what its wall clock says, and how long it has been running."""

    boot: str
    now: dt.datetime
    running: dt.timedelta


def read_clocks() -> Reading | None:
    """Both clocks of this machine; None where it does not tell one start from another."""
    if not _BOOT_ID.is_file():
        return None
    running = dt.timedelta(seconds=time.clock_gettime(time.CLOCK_BOOTTIME))
    return Reading(_BOOT_ID.read_text().strip(), timezone.now(), running)


def ahead(reading: Reading | None) -> dt.timedelta | None:
    """What `jumped` would find, for a page that only looks: nothing is remembered or logged."""
    known = ClockReading.objects.filter(boot=reading.boot).first() if reading else None
    if reading is None or known is None:
        return None
    moved = reading.now - reading.running - known.zero
    return moved if moved > TOLERATED else None


def jumped(reading: Reading | None) -> dt.timedelta | None:
    """How far the clock was set forward since the last good look; None if it was not.

    A good look is remembered. A bad one is logged and changes nothing, so that it stays bad until
    the clock is put right or a person accepts it (`accept`).
    """
    if reading is None:
        return None
    zero = reading.now - reading.running
    known, new = ClockReading.objects.get_or_create(
        boot=reading.boot, defaults={"zero": zero, "read_at": reading.now}
    )
    ahead = zero - known.zero
    if ahead > TOLERATED:
        logger.error("the clock was set forward by %s: no mail is planned", ahead)
        return ahead
    if not new and ahead >= -TOLERATED:  # else it may be put right again: that is no jump forward
        ClockReading.objects.filter(pk=known.pk).update(zero=zero, read_at=reading.now)
    return None


def accept() -> int:
    """A person has checked the clock: the next look counts as good. How many were forgotten."""
    return ClockReading.objects.all().delete()[0]
