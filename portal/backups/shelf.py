"""A folder of backups. Each is a folder named by its local time; anything else is not one."""

import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _

from portal.backups.faults import BackupError, ShelfBusyError, told_of
from portal.backups.manifest import MANIFEST, Manifest
from portal.embedded.lock import FolderInUseError, FolderLock
from sessions.evidence.durable import sync_folder

FORM = "%Y%m%d-%H%M%S"
_NAME = re.compile(r"\d{8}-\d{6}")
LATEST = "latest"
_DRAFT = ".draft-"
_LOCK = ".lock"


class Stored(NamedTuple):
    """A complete backup. On a shelf ``moment`` is local time, without zone."""

    name: str
    moment: datetime
    path: Path


class Shelf:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def backups(self) -> list[Stored]:
        """The complete ones, oldest first."""
        if not self.folder.is_dir():
            return []
        return [
            Stored(path.name, datetime.strptime(path.name, FORM), path)  # noqa: DTZ007  local
            for path in sorted(self.folder.iterdir())
            if _NAME.fullmatch(path.name) and (path / MANIFEST).is_file()
        ]

    def until(self, now: datetime) -> list[Stored]:
        """Without those of a later date: a clock that ran ahead for a while has left them, and
        until that date comes they are not the latest of anything.
        """
        return [stored for stored in self.backups() if stored.name <= name_at(now)]

    @contextmanager
    def draft(self, name: str) -> Iterator[Path]:
        """A folder to fill, on the shelf under ``name`` once the block ends well, else gone.

        What a killed process leaves bears another name and is cleared by the next one.
        """
        draft = self.folder / f"{_DRAFT}{name}"
        draft.mkdir(mode=0o700)
        try:
            yield draft
            for folder in [path for path in draft.rglob("*") if path.is_dir()]:
                sync_folder(folder)
            sync_folder(draft)
            draft.rename(self.folder / name)
            sync_folder(self.folder)
        except BaseException:
            shutil.rmtree(draft, ignore_errors=True)
            raise

    def remove(self, name: str) -> None:
        """Takes a backup away; one half deleted is not taken for one."""
        going = self.folder / f"{_DRAFT}removed-{name}"
        (self.folder / name).rename(going)
        shutil.rmtree(going)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """No other backup, trial or restore meanwhile; clears what killed ones left behind.

        Raises ShelfBusyError at once if there is one already.
        """
        try:
            with told_of(self.folder):
                self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                lock = FolderLock(self.folder / _LOCK)
        except FolderInUseError as error:
            words = _("“%s”正有另一个备份、试恢复或恢复在进行，本次没有开始。")
            raise ShelfBusyError(words % self.folder) from error
        try:
            for left in self.folder.glob(f"{_DRAFT}*"):
                shutil.rmtree(left, ignore_errors=True)
                if left.is_file():
                    left.unlink()
            yield
        finally:
            lock.release()


def find_backup(wanted: str, folders: Iterable[Path], *, now: datetime) -> Stored:
    """The backup at a path, or of a name on one of the shelves, or the latest of all.

    BackupError if there is none, or if the latest is dated after ``now``: either this clock is
    wrong or the one it was taken by, and only a person can tell which backup is the latest.
    """
    path = Path(wanted)
    if (path / MANIFEST).is_file():
        return Stored(path.absolute().name, Manifest.read(path).taken_at, path.absolute())
    lying = [stored for folder in folders for stored in Shelf(folder).backups()]
    if wanted == LATEST and lying:
        latest = max(lying, key=lambda stored: stored.name)
        if latest.name > name_at(now):
            words = _(
                "最近一份备份“%(name)s”的时间在现在（%(now)s）之后：本机时钟不准，或备份时的时钟"
                "曾被拨快，分不清哪一份最新。请核对时钟，并写明备份的名称。"
            )
            raise BackupError(words % {"name": latest.name, "now": name_at(now)})
        return latest
    for stored in lying:
        if stored.name == wanted:
            return stored
    words = _("找不到备份“%(wanted)s”。现有：%(names)s。")
    names = "、".join(sorted({stored.name for stored in lying})[-10:]) or _("没有一份完整的备份")
    raise BackupError(words % {"wanted": wanted, "names": names})


def name_at(moment: datetime) -> str:
    return f"{timezone.localtime(moment):{FORM}}"
