"""SQLite: copied while others write, by the database's own means."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.utils.translation import gettext as _

from portal.backups.contents import Contents, contents_of, file_columns
from portal.backups.faults import BackupError, putting_back, told_of
from portal.backups.files import place, sync_file
from sessions.evidence.durable import sync_folder

FILE = "database.sqlite3"
_BESIDE = ("", "-wal", "-shm", "-journal")


class SQLite:
    """A database in one file, there or yet to be."""

    kind = "sqlite"
    file = FILE

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def place(self) -> str:
        return str(self.path)

    def server(self) -> str:
        return sqlite3.sqlite_version

    def size(self) -> int:
        """Bytes, the log of what was written last included."""
        files = [self.path.with_name(self.path.name + ending) for ending in _BESIDE]
        return sum(file.stat().st_size for file in files if file.is_file())

    def contents(self) -> Contents:
        return look_through(self.path)

    def save(self, folder: Path) -> Contents:
        """A copy of one moment in ``folder``, looked through; what it holds. BackupError if the
        database is not there or not whole.
        """
        if not self.path.is_file():
            raise BackupError(_("数据库文件“%s”不存在，无法备份。") % self.path)
        target = folder / FILE
        os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        try:
            with _opened(self.path) as source, closing(sqlite3.connect(target)) as copy:
                source.backup(copy)
                copy.execute("PRAGMA journal_mode=DELETE")
        except sqlite3.Error as error:
            words = _("数据库“%(path)s”复制失败：%(error)s。磁盘可能已满，或数据库文件已损坏。")
            raise BackupError(words % {"path": self.path, "error": error}) from error
        sync_file(target)
        return look_through(target)

    def load(self, folder: Path) -> Contents:
        """Puts the copy in ``folder`` in place, where there must be nothing; what it holds."""
        with told_of(self.path.parent):
            place(folder / FILE, self.path)
            sync_folder(self.path.parent)
        return look_through(self.path)

    def is_empty(self) -> bool:
        if not self.path.is_file():
            return True
        rows = look_through(self.path).rows
        return not any(rows.get(table) for table in ("accounts_user", "units_unit"))

    @contextmanager
    def moved_aside(self, mark: str) -> Iterator[list[str]]:
        """Renames the files with ``mark`` at their end, and back if the block fails.

        Gives the places where the old data lie.
        """
        moved = []
        try:
            for ending in _BESIDE:
                file = self.path.with_name(self.path.name + ending)
                if file.exists():
                    moved.append((file, file.rename(f"{self.path}.{mark}{ending}")))
            yield [str(aside) for _file, aside in moved[:1]]
        except BaseException:
            with putting_back("、".join(str(aside) for _file, aside in moved)):
                for ending in _BESIDE if moved else ():
                    self.path.with_name(self.path.name + ending).unlink(missing_ok=True)
                for file, aside in moved:
                    aside.rename(file)
            raise

    def others(self) -> int:
        """How many other programs are connected: not known of a file."""
        return 0

    @contextmanager
    def scratch(self, folder: Path, purpose: str = "trial") -> "Iterator[SQLite]":
        """An empty database, gone with ``folder``."""
        yield SQLite(folder / "portal.sqlite3")

    def environment(self) -> dict[str, str]:
        """The variables under which a portal uses this database."""
        return {"DATABASE_URL": f"sqlite:///{self.path.absolute()}"}


def look_through(path: Path) -> Contents:
    """Every page is read and every reference followed; BackupError if one is broken."""
    try:
        with _opened(path) as opened:
            cursor = opened.cursor()
            [(verdict,), *_rest] = cursor.execute("PRAGMA integrity_check(1)").fetchall()
            if verdict != "ok":
                raise BackupError(_("数据库“%(path)s”已损坏：%(error)s。") % _said(path, verdict))
            if orphan := cursor.execute("PRAGMA foreign_key_check").fetchone():
                words = _("数据库“%(path)s”有对不上的引用：表 %(error)s。")
                raise BackupError(words % _said(path, orphan[0]))
            cursor.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table'"
                " AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name"
            )
            tables = [name for (name,) in cursor.fetchall()]
            return contents_of(cursor, tables, file_columns())
    except sqlite3.Error as error:
        raise BackupError(
            _("数据库“%(path)s”读不出来：%(error)s。") % _said(path, error)
        ) from error


def _said(path: Path, error: object) -> dict[str, object]:
    return {"path": path, "error": error}


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    """For reading; waits for a writer as long as the portal does."""
    with closing(
        sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=20)
    ) as it:
        yield it
