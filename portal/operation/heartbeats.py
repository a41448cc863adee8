"""Who was last heard of: each queue's worker, and every task the clock calls.

Each minute a call goes through every queue; whoever takes it writes down that somebody is there.
What the clock calls is written down as it ends, well or badly. Reads no clock of its own but the
signals' moment.
"""

import logging
import socket
from datetime import datetime, timedelta
from typing import Any

from celery import current_app
from celery.signals import task_failure, task_success
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from portal.models import Heartbeat

logger = logging.getLogger(__name__)

QUEUE = "queue:"
"""What a queue's heartbeat is named by, followed by the queue's name."""


FRESH = timedelta(minutes=3)
"""A worker is heard of each minute; two may be missed."""


def note(name: str, *, now: datetime, trouble: str = "") -> None:
    """Writes down that it went well, or what the trouble was."""
    told: dict[str, Any] = {"at": now, "words": socket.gethostname()}
    if trouble:
        told = {"failed_at": now, "trouble": trouble}
    if Heartbeat.objects.filter(name=name).update(**told):
        return
    try:
        with transaction.atomic():
            Heartbeat.objects.create(name=name, since=now, **told)
    except IntegrityError:  # another worker was quicker
        Heartbeat.objects.filter(name=name).update(**told)


def heard_elsewhere(now: datetime) -> list[str]:
    """Machines other than this one whose workers were heard of a moment ago."""
    fresh = Heartbeat.objects.filter(name__startswith=QUEUE, at__gt=now - FRESH)
    here = socket.gethostname()
    return sorted({words for words in fresh.values_list("words", flat=True) if words != here})


def follow_tasks() -> None:
    """Listens to Celery in every worker."""
    task_success.connect(_succeeded)
    task_failure.connect(_failed)


def _succeeded(sender: Any, **_: Any) -> None:
    _note_scheduled(sender.name)


def _failed(sender: Any, exception: BaseException, **_: Any) -> None:
    _note_scheduled(sender.name, type(exception).__name__)


def _note_scheduled(task: str, trouble: str = "") -> None:
    if task not in {entry["task"] for entry in current_app.conf.beat_schedule.values()}:
        return
    try:
        note(task, now=timezone.now(), trouble=trouble)
    except DatabaseError as error:
        logger.warning("end of %s not noted: %s", task, error)
