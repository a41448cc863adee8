"""Celery's side of the assembled portal: thin, and safe to run twice."""

import logging
from pathlib import Path

from celery import shared_task
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.backups.data import data_of_settings, places_of_settings
from portal.backups.faults import BackupError, ShelfBusyError
from portal.backups.nightly import back_up
from portal.backups.recent import back_up_recent, is_recent_due
from portal.embedded.lock import FolderInUseError, FolderLock
from portal.operation import heartbeats

logger = logging.getLogger(__name__)

HOURS = 4


# Not again after a worker's death, as other tasks: the next hour asks whether a backup is due.
@shared_task(name="portal.tasks.nightly_backup", acks_late=False, time_limit=HOURS * 3600)
def nightly_backup() -> None:
    """Every hour; does nothing unless a backup is due."""
    try:
        night = back_up(
            data=data_of_settings(), places=places_of_settings(), now=timezone.now(), if_due=True
        )
    except BackupError:
        logger.exception("no backup")
        return
    if night.faults:
        logger.error("%d steps after the backup failed; its record says why", len(night.faults))


@shared_task(name="portal.tasks.recent_backup", acks_late=False)
def recent_backup() -> None:
    """Every few minutes. One that fails is told on the operator's page, as any task is.

    The lock lies here, where it can always be asked: a second place that does not answer holds up
    one worker, not one more every few minutes until nobody is left for mails and workbooks.
    """
    places, now = places_of_settings(), timezone.now()
    try:
        lock = FolderLock(Path(settings.VAR_DIR) / "recent.lock")
    except FolderInUseError as error:
        words = _("上一次随时备份还没有结束；第二备份位置可能没有应答。")
        raise ShelfBusyError(words) from error
    try:
        if is_recent_due(places=places, now=now):
            back_up_recent(data=data_of_settings(), places=places, now=now)
    finally:
        lock.release()


@shared_task(name="portal.tasks.heartbeat")
def heartbeat(queue: str) -> None:
    """Every minute through every queue: a worker is there, and takes what comes."""
    heartbeats.note(f"{heartbeats.QUEUE}{queue}", now=timezone.now())
