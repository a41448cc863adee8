"""Taking a backup: files first, then the database, then the files that came meanwhile.

A file is on the disk before the row that names it is committed, and is deleted only after its row
is gone. So whatever the copy of the database names was on the disk at the copy's moment: it was
there when the files were listed, or it came later and is fetched in the second round. The one gap
(it came after the first round and was removed before the second) is closed by asking: if the
database itself no longer names it, the database is copied once more. The notes on the audit trail
are copied before the database for the same reason: every line they name is then in the copy.
"""

import shutil
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.utils.translation import gettext as _

from portal.backups.contents import Contents
from portal.backups.data import PortalData
from portal.backups.faults import BackupError, told_of
from portal.backups.files import Entry, entry_of, files_below, knows_second_names, place, size_of
from portal.backups.manifest import HEADS, MEDIA, Manifest
from portal.backups.shelf import Shelf, Stored, name_at

ROUNDS = 3
SPARE_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True)
class Taken:
    """A complete backup; ``warnings`` are what its owner should look at."""

    stored: Stored
    manifest: Manifest
    warnings: list[str]


def take(*, data: PortalData, shelf: Shelf, now: datetime, trusted: Sequence[Shelf] = ()) -> Taken:
    """Puts a new backup on the shelf, whole or not at all. Raises BackupError.

    The caller holds the shelf (`Shelf.alone`). Files that the newest backup of a ``trusted`` shelf
    is said to hold are not read again; they are taken from the first shelf that has them.
    """
    name = name_at(now)
    if (shelf.folder / name).exists():
        raise BackupError(_("备份“%s”已存在，请过一秒再试。") % name)
    olders = [older for each in trusted or [shelf] if (older := _latest_readable(each))]
    known = {name: entry for older in reversed(olders) for name, entry in older.files.items()}
    with told_of(shelf.folder):
        is_sharing = knows_second_names(shelf.folder)
    _require_room(data, shelf.folder, known if is_sharing else {})
    with told_of(shelf.folder), shelf.draft(name) as draft:
        filling = _Filling(data, draft, olders, is_sharing=is_sharing, is_trusting=bool(trusted))
        contents = filling.fill()
        manifest = Manifest(
            taken_at=now,
            version=program_version(),
            kind=data.database.kind,
            server=data.database.server(),
            migrations=contents.migrations,
            rows=contents.rows,
            files=filling.files,
            missing=sorted(filling.missing),
            changed=sorted(
                file
                for file, entry in filling.files.items()
                if file.startswith(f"{MEDIA}/") and known.get(file, entry) != entry
            ),
        )
        manifest.write(draft)
    stored = next(each for each in shelf.backups() if each.name == name)
    return Taken(stored, manifest, _warnings(manifest))


def program_version() -> str:
    """Of the portal's program, as released."""
    with (settings.BASE_DIR / "pyproject.toml").open("rb") as file:
        return str(tomllib.load(file)["project"]["version"])


class _Older(NamedTuple):
    """A backup taken before, and what its manifest says of its files."""

    path: Path
    files: dict[str, Entry]


@dataclass
class _Filling:
    """A draft that is being filled."""

    data: PortalData
    draft: Path
    olders: Sequence[_Older]
    is_sharing: bool
    is_trusting: bool
    files: dict[str, Entry] = field(default_factory=dict)
    missing: set[str] = field(default_factory=set)

    def fill(self) -> Contents:
        self._fetch(list(files_below(self.data.media)))
        if self.data.heads.is_file():
            self.files[HEADS] = place(self.data.heads, self.draft / HEADS)
        for _round in range(ROUNDS):
            (self.draft / self.data.database.file).unlink(missing_ok=True)
            contents = self.data.database.save(self.draft)
            self.missing = self._fetch(
                [name for name in sorted(contents.named) if f"{MEDIA}/{name}" not in self.files]
            )
            if not self.missing - self._named_still():
                break
        self._carry_over()
        self.files[self.data.database.file] = entry_of(self.draft / self.data.database.file)
        return contents

    def _fetch(self, names: list[str]) -> set[str]:
        """Copies these media; gives those that are not on the disk."""
        gone = set()
        for name in names:
            file = f"{MEDIA}/{name}"
            try:
                entry = place(self.data.media / name, self.draft / file, *self._lying(file))
            except FileNotFoundError:
                gone.add(name)
            else:
                self.files[file] = entry
        return gone

    def _carry_over(self) -> None:
        """What the disk has lost stays in the backups: else it were gone with the last old one."""
        for name in self.missing:
            file = f"{MEDIA}/{name}"
            for older in self.olders:
                lying = older.path / file
                if file in older.files and lying.is_file() and entry_of(lying) == older.files[file]:
                    known = older.files[file]
                    twin = lying if self.is_sharing else None
                    self.files[file] = place(lying, self.draft / file, twin, known)
                    break

    def _lying(self, file: str) -> tuple[Path | None, Entry | None]:
        """Where an older backup holds the file, and what is to be believed of it unread."""
        for older in self.olders if self.is_sharing else ():
            if file in older.files:
                return older.path / file, older.files[file] if self.is_trusting else None
        return None, None

    def _named_still(self) -> set[str]:
        """The files the live database names; asked only if one is missing."""
        return self.data.database.contents().named if self.missing else set()


def _latest_readable(shelf: Shelf) -> _Older | None:
    """The shelf's newest backup with a whole manifest. A bad one stops nothing."""
    for stored in reversed(shelf.backups()):
        try:
            return _Older(stored.path, Manifest.read(stored.path).files)
        except BackupError:
            continue
    return None


def _require_room(data: PortalData, folder: Path, known: dict[str, Entry]) -> None:
    """BackupError while the disk could not hold the database, also on trial, and new files."""
    if folder.resolve().is_relative_to(data.media.resolve()):
        words = _("备份位置“%s”在上传文件目录之内，备份会把自己也备份进去。请改 BACKUP_DIR。")
        raise BackupError(words % folder)
    new = sum(
        size_of(data.media / name)
        for name in files_below(data.media)
        if f"{MEDIA}/{name}" not in known
    )
    needed = new + 2 * data.database.size() + SPARE_BYTES
    free = shutil.disk_usage(folder).free
    if free < needed:
        words = _(
            "备份位置“%(folder)s”只剩 %(free)s MB，本次备份约需 %(needed)s MB，没有开始。"
            "请清理磁盘或换一个位置（BACKUP_DIR）。"
        )
        told = {"folder": folder, "free": free // 1024**2, "needed": needed // 1024**2}
        raise BackupError(words % told)


def _warnings(manifest: Manifest) -> list[str]:
    said = []
    lost = manifest.lost
    if carried := sorted(set(manifest.missing) - set(lost)):
        words = _(
            "数据库登记的 %(count)s 个文件不在磁盘上，已从上一份备份补入本次备份：%(names)s。"
            "请检查上传文件目录，并按手册把文件放回去。"
        )
        said.append(words % _shown(carried))
    if lost:
        words = _("数据库登记的 %(count)s 个文件不在磁盘上，无法备份：%(names)s。")
        said.append(words % _shown(lost))
    if manifest.changed:
        words = _("%(count)s 个文件与上一份备份不同（本程序从不修改已存文件）：%(names)s。")
        said.append(words % _shown(manifest.changed))
    return said


def _shown(names: list[str]) -> dict[str, object]:
    return {"count": len(names), "names": "、".join(names[:5])}
