"""A worker or scheduler at the data keeps a restore away, however idle it is, and stays away from
one: in the services mode too, where nothing else would tell of it.
"""

import sys
from pathlib import Path
from typing import Any

from celery import bootsteps
from celery.signals import beat_init
from django.conf import settings

from portal.embedded.lock import WEB_LOCK_NAME, FolderInUseError, FolderLock

_held: list[FolderLock] = []


def take_place() -> None:
    """Holds the data until the process and its children end; exits while a backup is restored."""
    folder = Path(settings.VAR_DIR)
    try:
        _held.append(FolderLock(folder / WEB_LOCK_NAME, shared=True))
    except FolderInUseError:
        sys.exit(f"正在向 {folder} 恢复备份，后台服务没有启动。请等恢复完成。")


class AtTheData(bootsteps.Step):
    """Before a worker takes its first task."""

    label = "At the data"

    def create(self, parent: Any) -> None:
        take_place()


def present_as_beat() -> None:
    """And before a scheduler of its own process wakes anybody."""
    beat_init.connect(_beat_takes_place)


def _beat_takes_place(**_: Any) -> None:
    take_place()
