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


@dataclass(frozen=True)
class Cleaned:
    """How many files were deleted, and how many bytes they held."""

    files: int
    size: int


def clean(*, before: datetime) -> Cleaned:
    """Deletes what ``left_behind`` finds. Safe to run at any time, twice, and beside another."""
    files = size = 0
    for path in left_behind(before):
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
    for path in _files_under(Path(settings.FILE_UPLOAD_TEMP_DIR), before):
        if ".upload" in path.name:
            yield path
    root = Path(settings.MEDIA_ROOT)
    for path in _files_under(root / FOLDER, before):
        if not Evidence.objects.filter(file=path.relative_to(root).as_posix()).exists():
            yield path


def _files_under(folder: Path, before: datetime) -> Iterator[Path]:
    for path in folder.rglob("*") if folder.is_dir() else ():
        if path.is_file() and path.stat().st_mtime < before.timestamp():
            yield path
