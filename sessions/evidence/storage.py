"""Evidence on disk: under names made here, in a folder no web server serves."""

import errno
import os
import shutil
import uuid
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from sessions.evidence.durable import sync_folder
from units.spreadsheets.gate import RefusedError

FOLDER = "evidence"
PART = ".part"
# Uploads stop while the database and the night's backup still have room.
MIN_FREE_BYTES = 2 * 1024**3
MIN_FREE_SHARE = 0.05


def keep(data: bytes, extension: str, at: datetime) -> str:
    """Writes a new file and returns its name below MEDIA_ROOT. Never inside a transaction.

    The file is whole under its name or not there at all, also after a power cut: the row that
    names it may lie on another machine's disk. Raises RefusedError when the disk is nearly full.
    """
    root = Path(settings.MEDIA_ROOT)
    name = f"{FOLDER}/{timezone.localtime(at):%Y/%m}/{uuid.uuid4().hex}{extension}"
    target = root / name
    grown = {target.parent} | {each.parent for each in target.parents if not each.exists()}
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not has_room(target.parent, len(data)):
        raise RefusedError("disk_full")
    part = target.with_name(target.name + PART)
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
        for folder in grown:
            sync_folder(folder)
    except OSError as error:
        part.unlink(missing_ok=True)
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise RefusedError("disk_full") from error
        raise
    return name


def has_room(folder: Path, size: int) -> bool:
    """Whether the disk would not be nearly full (5 % and 2 GB) afterwards."""
    disk = shutil.disk_usage(folder)
    return disk.free - size > min(MIN_FREE_BYTES, MIN_FREE_SHARE * disk.total)


def discard(name: str) -> None:
    """Removes a file that no row names any more; one that is gone already is no fault."""
    (Path(settings.MEDIA_ROOT) / name).unlink(missing_ok=True)


def path_of(name: str) -> Path:
    return Path(settings.MEDIA_ROOT) / name
