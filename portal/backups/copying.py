"""A second place for backups: another disk or machine, mounted here."""

from pathlib import Path

from django.utils.translation import gettext as _

from portal.backups.faults import BackupError, told_of
from portal.backups.files import place
from portal.backups.manifest import Manifest, require_sound
from portal.backups.shelf import Shelf, Stored


def copy_to(second: Path, stored: Stored) -> None:
    """Copies a backup to the second place and reads it there again. Raises BackupError.

    The place must be there already: a folder made by us might lie where a disk is not mounted.
    """
    if not second.is_dir():
        words = _("第二备份位置“%s”不存在，可能没有挂载。备份没有复制过去。")
        raise BackupError(words % second)
    if second.samefile(stored.path.parent):
        raise BackupError(_("第二备份位置与第一处是同一个目录“%s”，等于只有一份备份。") % second)
    shelf, manifest = Shelf(second), Manifest.read(stored.path)
    with shelf.alone(), told_of(second):
        if (second / stored.name).exists():
            if require_sound(second / stored.name) != manifest:
                words = _(
                    "第二备份位置“%(folder)s”已有另一份同名的备份 %(name)s，可能是别的门户的。"
                    "请让每个门户各用一个目录。备份没有复制过去。"
                )
                raise BackupError(words % {"folder": second, "name": stored.name})
            return
        older = next(reversed(shelf.backups()), None)
        with shelf.draft(stored.name) as draft:
            for name in manifest.files:
                place(stored.path / name, draft / name, older.path / name if older else None)
            manifest.write(draft)
            require_sound(draft)


def same_disk(*places: Path) -> bool:
    """Whether two of the places that exist lie on one disk."""
    disks = [path.stat().st_dev for path in places if path.exists()]
    return len(set(disks)) < len(disks)
