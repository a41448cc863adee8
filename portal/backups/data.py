"""What the portal consists of, beside its program: the same things are saved and put back."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings
from django.utils.translation import gettext as _

from portal.backups.contents import Contents
from portal.backups.faults import BackupError
from portal.backups.postgresql import PostgreSQL
from portal.backups.rotation import Kept
from portal.backups.sqlite import SQLite


class Database(Protocol):
    """One of SQLite and PostgreSQL; see there."""

    kind: str
    file: str

    @property
    def place(self) -> str: ...
    def server(self) -> str: ...
    def size(self) -> int: ...
    def contents(self) -> Contents: ...
    def save(self, folder: Path) -> Contents: ...
    def load(self, folder: Path) -> Contents: ...
    def is_empty(self) -> bool: ...
    def others(self) -> int: ...
    def moved_aside(self, mark: str) -> AbstractContextManager[list[str]]: ...
    def scratch(
        self, folder: Path, purpose: str = "trial"
    ) -> "AbstractContextManager[Database]": ...
    def environment(self) -> dict[str, str]: ...


RECENT = "recent"
"""Of a place, the folder of what was backed up between two nights."""


@dataclass(frozen=True)
class PortalData:
    """``media``: folder of the files that came in; ``heads``: the notes on the audit trail."""

    database: Database
    media: Path
    heads: Path


@dataclass(frozen=True)
class Places:
    """Where backups go (``second`` may be none) and which of them stay."""

    first: Path
    second: Path | None
    kept: Kept


def data_of_settings() -> PortalData:
    return PortalData(
        database_of(settings.DATABASES["default"]),
        Path(settings.MEDIA_ROOT),
        Path(settings.TRAIL_HEADS),
    )


def places_of_settings() -> Places:
    return Places(
        Path(settings.BACKUP_DIR),
        Path(settings.BACKUP_SECOND_DIR) if settings.BACKUP_SECOND_DIR else None,
        Kept(settings.BACKUP_KEEP_DAYS, settings.BACKUP_KEEP_WEEKS, settings.BACKUP_KEEP_MONTHS),
    )


def backup_folders() -> list[Path]:
    """Where backups may lie, the nearer first."""
    places = places_of_settings()
    nights = [places.first] if places.second is None else [places.first, places.second]
    return [*nights, *(folder / RECENT for folder in nights)]


def database_of(configured: dict[str, Any]) -> Database:
    """The database Django is told to use. BackupError for one in memory, or of another kind."""
    engine = configured["ENGINE"].rpartition(".")[2]
    if engine == "sqlite3" and "memory" not in str(configured["NAME"]):
        return SQLite(Path(configured["NAME"]))
    if engine == "postgresql":
        return PostgreSQL(dict(_libpq(configured)), settings.POSTGRESQL_BIN)
    raise BackupError(_("这种数据库（%s）不能用本程序备份。") % configured["NAME"])


def _libpq(configured: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What libpq is told of server and user; Django's own options say nothing about that."""
    for theirs, ours in (
        ("NAME", "dbname"),
        ("USER", "user"),
        ("PASSWORD", "password"),
        ("HOST", "host"),
        ("PORT", "port"),
    ):
        if configured.get(theirs):
            yield ours, str(configured[theirs])
    for key, value in configured.get("OPTIONS", {}).items():
        if key in ("host", "passfile") or key.startswith("ssl"):
            yield key, str(value)
