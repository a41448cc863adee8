"""Putting a backup in the place of the data: all of it, or nothing is changed.

Old data are moved aside, never deleted: whoever restored the wrong backup can go back by hand.
"""

import dataclasses
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.core.management import call_command
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.audit import follow_chain
from accounts.heads import missing_heads, verdict
from portal.backups.aftermath import settle
from portal.backups.data import PortalData
from portal.backups.faults import BackupError, UnfinishedError, putting_back, told_of
from portal.backups.files import files_below, place
from portal.backups.inspecting import pending_migrations
from portal.backups.manifest import HEADS, MEDIA, Manifest, require_sound
from portal.backups.shelf import Stored, name_at
from portal.backups.trial import require_kind, require_rows
from sessions.evidence.durable import sync_folder


@dataclass(frozen=True)
class Restored:
    """``said`` is the report, a sentence a line. ``is_whole``: whether the audit trail is."""

    said: list[str]
    is_whole: bool


def restore(*, stored: Stored, data: PortalData, replace: bool, now: datetime) -> Restored:
    """Checks everything that can be checked before the first file is touched.

    Raises BackupError; the data are then as they were, but for an UnfinishedError and a
    StrandedError. The portal must
    not be running: the caller holds its lock, and connections of other programs are refused here.
    """
    # A link to another disk stays, and what it leads to is replaced.
    data = dataclasses.replace(data, media=data.media.resolve())
    manifest = require_sound(stored.path)
    require_kind(manifest, data.database)
    _require_known(manifest)
    _require_quiet(data)
    if not replace:
        _require_empty(data)
    _require_room(manifest, data)
    mark = f"replaced-{name_at(timezone.now())}"
    with _swapped(data, mark) as aside, told_of(data.media):
        _put_media(manifest, stored.path, data.media)
        if HEADS in manifest.files:
            place(stored.path / HEADS, data.heads)
        require_rows(manifest, data.database.load(stored.path))
    connections.close_all()
    try:
        return _finish(stored, manifest, aside, now)
    except Exception as error:
        words = _(
            "数据已恢复到位，但收尾没有做完：%(error)s。请不要启动门户，否则已发过的邮件可能重发；"
            "排除原因后加 --replace 重新恢复。原有数据保留在：%(aside)s。"
        )
        told = {"error": error, "aside": "、".join(aside) or _("（原来没有数据）")}
        raise UnfinishedError(words % told) from error


def _finish(stored: Stored, manifest: Manifest, aside: list[str], now: datetime) -> Restored:
    """The data are in place; from here on nothing is taken back."""
    said = [
        _("已从备份 %(name)s（%(taken)s）恢复：%(rows)s 行、%(files)s 个文件，校验一致。")
        % {
            "name": stored.name,
            "taken": f"{timezone.localtime(manifest.taken_at):%Y-%m-%d %H:%M:%S}",
            "rows": sum(manifest.rows.values()),
            "files": len(manifest.files),
        }
    ]
    if pending_migrations():
        call_command("migrate", verbosity=0, interactive=False)
        said.append(_("备份的数据库结构较旧，已升级到本程序的版本。"))
    chain, missing = follow_chain(), missing_heads()
    said += verdict(chain, missing)
    settled = settle(
        backup=stored.name,
        place=str(stored.path.parent),
        size=manifest.size,
        taken_at=manifest.taken_at,
        now=now,
    )
    said += settled.sentences()
    if manifest.lost:
        words = _("备份时已缺少 %(count)s 个登记过的文件：%(names)s。")
        names = "、".join(manifest.lost[:5])
        said.append(words % {"count": len(manifest.lost), "names": names})
    said += [_("原有数据保留在：%s") % place for place in aside]
    said.append(_("备份时刻之后的录入、改密、停用账号和角色变动没有恢复，请通知各单位核对补录。"))
    return Restored(said, is_whole=chain.broken_at is None and not missing)


def _require_known(manifest: Manifest) -> None:
    """BackupError for a database that a later version of the program has changed already."""
    known = MigrationLoader(None, ignore_no_migrations=True).disk_migrations or {}
    ours = {f"{app}.{name}" for app, name in known}
    unknown = [name for name in manifest.migrations if name not in ours]
    if unknown:
        words = _(
            "备份由更新的程序（版本 %(version)s）生成，本程序不认识其数据库结构 %(name)s。"
            "请先升级程序再恢复。"
        )
        raise BackupError(words % {"version": manifest.version, "name": unknown[-1]})


def _require_quiet(data: PortalData) -> None:
    connections.close_all()
    others = data.database.others()
    if others:
        words = _("数据库上还有 %s 个连接。请先停止网页、后台和定时服务，再恢复。")
        raise BackupError(words % others)


def _require_empty(data: PortalData) -> None:
    if not data.database.is_empty() or next(files_below(data.media), None):
        raise BackupError(
            _(
                "目标位置已有数据（%(database)s；%(media)s），没有恢复。"
                "确要替换时加 --replace：原有数据会移到旁边保留，不会删除。"
            )
            % {"database": data.database.place, "media": data.media}
        )


def _require_room(manifest: Manifest, data: PortalData) -> None:
    folder = next(path for path in (data.media, *data.media.parents) if path.is_dir())
    free = shutil.disk_usage(folder).free
    if free < manifest.size:
        words = _("“%(folder)s”只剩 %(free)s MB，恢复约需 %(needed)s MB，没有开始。")
        told = {"folder": folder, "free": free // 1024**2, "needed": manifest.size // 1024**2}
        raise BackupError(words % told)


@contextmanager
def _swapped(data: PortalData, mark: str) -> Iterator[list[str]]:
    """The old data stand aside under ``mark`` for the block, and come back if it fails."""
    with (
        (_emptied if data.media.is_mount() else _aside)(data.media, mark) as media,
        _aside(data.heads, mark) as heads,
        data.database.moved_aside(mark) as rows,
    ):
        yield [*rows, *media, *heads]


@contextmanager
def _aside(path: Path, mark: str) -> Iterator[list[str]]:
    """Renames a file or folder, if it is there; where it now lies."""
    aside = path.with_name(f"{path.name}.{mark}")
    with told_of(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        was_there = path.exists()
        if was_there:
            path.rename(aside)
    try:
        yield [str(aside)] if was_there else []
    except BaseException:
        with putting_back(aside if was_there else path):
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
            if was_there:
                aside.rename(path)
        raise


@contextmanager
def _emptied(disk: Path, _mark: str) -> Iterator[list[str]]:
    """A disk of its own cannot be renamed: nothing of ours may lie there, nor does after a failure.

    Raises BackupError.
    """
    if next(files_below(disk), None):
        words = _(
            "“%s”是单独挂载的磁盘，不能整体移开，没有恢复。请先把其中的文件移到别处保留，再恢复。"
        )
        raise BackupError(words % disk)
    try:
        yield []
    except BaseException:
        for left in disk.iterdir():
            if left.is_dir() and not left.is_symlink() and left.name != "lost+found":
                shutil.rmtree(left)
        raise


def _put_media(manifest: Manifest, backup: Path, media: Path) -> None:
    media.mkdir(mode=0o700, exist_ok=True)
    for name, entry in manifest.files.items():
        if not name.startswith(f"{MEDIA}/"):
            continue
        target = media / name.removeprefix(f"{MEDIA}/")
        if place(backup / name, target) != entry:
            raise BackupError(_("文件 %s 恢复时读出的内容与校验值不符。") % name)
    for folder in (media, *(path for path in media.rglob("*") if path.is_dir())):
        sync_folder(folder)
