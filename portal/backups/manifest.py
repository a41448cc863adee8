"""What a backup holds, written beside it last of all: without a manifest there is no backup."""

import hashlib
import json
import os
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any, Self

from django.utils.translation import gettext as _

from portal.backups.faults import BackupError
from portal.backups.files import Entry, entry_of

FORMAT = 1
MANIFEST = "manifest.json"
MEDIA = "media"
HEADS = "trail-heads.log"
RAW = "surrogateescape"
"""What somebody laid among our files may have a name that is no UTF-8; it is kept byte by byte."""


@dataclass(frozen=True)
class Manifest:
    """``files`` are all files of the backup but this one; ``rows`` count each table's.

    ``migrations`` are those applied, as "app.name". ``missing`` are files that a row of the
    database named and the disk did not have, although an older backup may have given some of them
    (``lost`` are the others); ``changed`` are media that differ from the backup
    before, although the portal never changes a file.
    """

    taken_at: datetime
    version: str
    kind: str
    server: str
    migrations: list[str]
    rows: dict[str, int]
    files: dict[str, Entry]
    missing: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)

    @property
    def size(self) -> int:
        """Bytes, as if nothing were shared with other backups."""
        return sum(entry.size for entry in self.files.values())

    @property
    def lost(self) -> list[str]:
        """What a row named and neither the disk nor the backup before had."""
        return [name for name in self.missing if f"{MEDIA}/{name}" not in self.files]

    def write(self, folder: Path) -> None:
        told = {"format": FORMAT, **asdict(self), "taken_at": self.taken_at.isoformat()}
        told["files"] = {name: entry._asdict() for name, entry in sorted(self.files.items())}
        told["digest"] = _digest(told)
        descriptor = os.open(folder / MANIFEST, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8", errors=RAW) as file:
            json.dump(told, file, ensure_ascii=False, indent=1, sort_keys=True)
            file.flush()
            os.fsync(file.fileno())

    @classmethod
    def read(cls, folder: Path) -> Self:
        """Raises BackupError for what is no manifest, a changed one, or one of a later format."""
        try:
            told = json.loads((folder / MANIFEST).read_text(encoding="utf-8", errors=RAW))
            digest, form = told.pop("digest"), told.pop("format")
        except (OSError, ValueError, KeyError, AttributeError, TypeError) as error:
            words = _("“%(folder)s”不是完整的备份：清单 %(name)s 缺失或读不出来。")
            raise BackupError(words % {"folder": folder, "name": MANIFEST}) from error
        if form != FORMAT:
            words = _("备份“%(folder)s”的格式版本是 %(form)s，本程序只认识 %(ours)s。")
            raise BackupError(words % {"folder": folder, "form": form, "ours": FORMAT})
        if digest != _digest({"format": form, **told}):
            words = _("备份“%(folder)s”的清单被改动过：总校验值对不上。请换一份备份。")
            raise BackupError(words % {"folder": folder})
        if not all(_stays_inside(name) for name in told["files"]):
            words = _("备份“%s”的清单指向备份以外的文件，不能使用。")
            raise BackupError(words % folder)
        told["taken_at"] = datetime.fromisoformat(told["taken_at"])
        told["files"] = {name: Entry(**entry) for name, entry in told["files"].items()}
        return cls(**told)

    def faults(self, folder: Path) -> list[str]:
        """Reads every file of the backup again; a sentence for each that is not as it was."""
        said = []
        for name, entry in self.files.items():
            path = folder / name
            if not path.is_file():
                said.append(_("缺少文件 %s。") % name)
            elif path.stat().st_size != entry.size:
                words = _("文件 %(name)s 大小不符：应为 %(due)s 字节，实为 %(found)s 字节。")
                said.append(words % {"name": name, "due": entry.size, "found": path.stat().st_size})
            elif entry_of(path) != entry:
                said.append(_("文件 %s 内容与校验值不符。") % name)
        return said


def require_sound(folder: Path) -> Manifest:
    """The manifest of a backup whose every file is as it was; else BackupError names the files."""
    manifest = Manifest.read(folder)
    faults = manifest.faults(folder)
    if faults:
        words = _("备份“%(folder)s”已损坏，不能使用（共 %(count)s 处）：\n%(faults)s")
        shown = "\n".join(faults[:20])
        raise BackupError(words % {"folder": folder, "count": len(faults), "faults": shown})
    return manifest


def _stays_inside(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts


def _digest(told: dict[str, Any]) -> str:
    plain = {name: value for name, value in told.items() if name != "digest"}
    said = json.dumps(plain, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(said.encode(errors=RAW)).hexdigest()
