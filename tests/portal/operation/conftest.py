from datetime import datetime
from pathlib import Path

import pytest
from django.utils import timezone

from tests.portal.operation.make import make_well
from tests.services.redis import redis_folder, redis_server

__all__ = ["redis_folder", "redis_server"]


@pytest.fixture
def folders(settings, tmp_path: Path) -> Path:
    """Data of the test's own."""
    settings.VAR_DIR = tmp_path / "var"
    settings.QUEUE_DIR = tmp_path / "var" / "queue"
    settings.BACKUP_DIR = str(tmp_path / "backups")
    settings.TRAIL_HEADS = str(tmp_path / "heads.log")
    Path(settings.TRAIL_HEADS).write_text(f"2026-11-22T10:05:00+08:00 41 {'0f' * 32}\n")
    settings.REDIS_URL = ""
    return tmp_path


@pytest.fixture
def now(db, folders) -> datetime:
    """The moment at which everything is well."""
    moment = timezone.now()
    make_well(moment)
    return moment
