"""What uploads that broke off have left behind."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from sessions.evidence.storage import FOLDER
from sessions.models import Evidence

# An upload takes minutes at most; whoever is still sending is left alone.
LEFT_ALONE = timedelta(hours=1)
MOST = 100
"""Uploads that break off in an hour; more files without a row mean that rows are missing."""


class RowsMissingError(Exception):
    """So many files no row names: a wrong or an older database rather than uploads that broke off.
    Nothing was deleted.
    """


@dataclass(frozen=True)
class Cleaned:
    """How many files were deleted, and how many bytes they held."""

    files: int
    size: int


def clean(*, before: datetime, most: int | None = None) -> Cleaned:
    """Deletes what ``left_behind`` finds. Safe to run at any time, twice, and beside another.

    With nobody looking on, not more than ``most`` (RowsMissingError), and no evidence at all while
    the database names none: after a mistake in its address the county's files must still be there.
    """
    is_blank = most is not None and not Evidence.objects.exclude(file="").exists()
    found = list(_broken_off(before) if is_blank else left_behind(before))
    if most is not None and len(found) > most:
        raise RowsMissingError(len(found))
    files = size = 0
    for path in found:
        try:
            bytes_held = path.stat().st_size
            path.unlink()
        except FileNotFoundError:
            continue
        files, size = files + 1, size + bytes_held
    return Cleaned(files, size)


def left_behind(before: datetime) -> Iterator[Path]:
    """Files nobody will come back for, untouched since ``before``.

    Temporary uploads, which a killed server process leaves, and files in the evidence folder that
    no row names, because the transaction after them failed.
    """
    yield from _broken_off(before)
    root = Path(settings.MEDIA_ROOT)
    for path in _files_under(root / FOLDER, before):
        if not Evidence.objects.filter(file=path.relative_to(root).as_posix()).exists():
            yield path


def _broken_off(before: datetime) -> Iterator[Path]:
    for path in _files_under(Path(settings.FILE_UPLOAD_TEMP_DIR), before):
        if ".upload" in path.name:
            yield path


def _files_under(folder: Path, before: datetime) -> Iterator[Path]:
    for path in folder.rglob("*") if folder.is_dir() else ():
        if path.is_file() and path.stat().st_mtime < before.timestamp():
            yield path
