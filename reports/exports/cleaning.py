"""Files of finished jobs go after some weeks; their rows stay and say so."""

import shutil
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from reports.models import Job

LEAST_FREE_SHARE = 0.1
LEAST_FREE_BYTES = 5 * 1024**3
LEFT_BEHIND = timedelta(days=1)
"""No job works so long: what is older in a worker's own folder has nobody."""


def clean_exports(*, now: datetime) -> int:
    """Notes which files are over, then removes them; how many rows were noted.

    In this order: a row never promises a file that is gone, and what a crash in between left
    behind is removed by the next call. Only old files go, so that a new one under the same name
    is safe from a cleaner that runs late.
    """
    over = now - timedelta(days=settings.EXPORT_KEEP_DAYS)
    done = Job.objects.filter(state=Job.State.DONE)
    noted = done.filter(cleaned_at=None, finished_at__lt=over).update(cleaned_at=now)
    kept = set(done.filter(cleaned_at=None).values_list("file", flat=True))
    gone = set(done.exclude(cleaned_at=None).values_list("file", flat=True)) - kept
    folder = Path(settings.EXPORTS_DIR)
    for path in folder.iterdir() if folder.is_dir() else ():
        try:
            age = now.timestamp() - path.stat().st_mtime
        except FileNotFoundError:  # a worker's own, just finished
            continue
        if path.name in gone and age > timedelta(days=settings.EXPORT_KEEP_DAYS).total_seconds():
            path.unlink(missing_ok=True)
        elif path.name.startswith(".job-") and age > LEFT_BEHIND.total_seconds():
            shutil.rmtree(path, ignore_errors=True)
    return noted


def has_room() -> bool:
    """Whether the disk would bear another workbook: a tenth of it free, or 5 GB."""
    folder = Path(settings.EXPORTS_DIR)
    while not folder.exists():
        folder = folder.parent
    disk = shutil.disk_usage(folder)
    return disk.free > min(LEAST_FREE_SHARE * disk.total, LEAST_FREE_BYTES)
