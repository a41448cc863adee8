"""Where data lies, that it can be written, and how long it stays."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.checks import CheckMessage, Error, Tags, Warning, register  # noqa: A004  Django's

KEEP_DAYS_AT_LEAST = 184
"""Six calendar months (Cybersecurity Law, article 23) have up to 184 days."""


@register(Tags.security)
def logs_are_kept(**_: Any) -> list[CheckMessage]:
    if settings.LOG_KEEP_DAYS >= KEEP_DAYS_AT_LEAST:
        return []
    return [
        Error(
            f"LOG_KEEP_DAYS 不得少于 {KEEP_DAYS_AT_LEAST} 天，现为 {settings.LOG_KEEP_DAYS} 天："
            "网络安全法第二十三条要求网络日志留存不少于六个月。",
            hint="建议 400 天。",
            id="portal.E030",
        )
    ]


@register(Tags.security)
def folders_can_be_written(**_: Any) -> list[CheckMessage]:
    return [
        Error(
            f"不能写入 {name}（{folder}）。",
            hint="检查文件夹是否存在、属于运行门户的用户，磁盘是否只读。",
            id="portal.E031",
        )
        for name, folder in _folders()
        if not _can_write(folder)
    ]


def _folders() -> Iterator[tuple[str, Path]]:
    for name in ("VAR_DIR", "MEDIA_ROOT", "EXPORTS_DIR", "FILE_UPLOAD_TEMP_DIR"):
        yield name, Path(getattr(settings, name))
    yield "TRAIL_HEADS", Path(settings.TRAIL_HEADS).parent


def _can_write(folder: Path) -> bool:
    """Tries it: permissions alone do not tell of a disk that became read-only."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent  # made when first needed
    try:
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


@register(Tags.security)
def data_is_not_served(**_: Any) -> list[CheckMessage]:
    served = {_real(settings.STATIC_ROOT)}
    for finder in get_finders():
        storages = getattr(finder, "storages", {}).values()
        served |= {_real(storage.location) for storage in storages}
    return [
        Error(
            f"{name}（{folder}）在网页静态文件夹 {public} 之内：不登录就能下载其中的文件。",
            hint="换一个不对外的位置，例如 /var/lib/portal 之下。",
            id="portal.E032",
        )
        for name, folder in _folders()
        for public in sorted(served)
        if _real(folder).is_relative_to(public)
    ]


def _real(path: str | Path) -> Path:
    return Path(os.path.realpath(path))


@register(Tags.security)
def backups_are_elsewhere(**_: Any) -> list[CheckMessage]:
    """Settings another part brings along; without them there is nothing to say yet."""
    if not settings.PRODUCTION or not hasattr(settings, "BACKUP_DIR"):
        return []
    hint = "BACKUP_DIR 放在数据之外，BACKUP_SECOND_DIR 放在另一块磁盘或另一台机器上。"
    if not settings.BACKUP_DIR:
        return [Error("没有设置 BACKUP_DIR：不会有任何备份。", hint=hint, id="portal.E033")]
    folder = _real(settings.BACKUP_DIR)
    if folder.is_relative_to(_real(settings.VAR_DIR)):
        words = f"备份（BACKUP_DIR={folder}）放在数据文件夹之内，会和数据一起丢失。"
        return [Error(words, hint=hint, id="portal.E034")]
    if not getattr(settings, "BACKUP_SECOND_DIR", ""):
        words = "没有设置 BACKUP_SECOND_DIR：磁盘损坏时数据和备份会一起丢失。"
        return [Warning(words, hint=hint, id="portal.W035")]
    return []
