"""Room on the disks, size and state of the database."""

import shutil
import sqlite3
import sys
import tomllib
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from pathlib import Path
from threading import Thread
from typing import NamedTuple

import django
from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from portal.operation.condition import Level, Line, grade

WATCH_FREE, BAD_FREE = 0.10, 0.05
"""Shares of a disk; below the second uploads would soon fail."""
DISK_SECONDS = 1.0
"""A place on another machine that is away may not answer at all."""


class Disk(NamedTuple):
    """A disk or what stands for one, and the names of what lies there; in bytes."""

    names: list[str]
    total: int
    free: int


def storage(now: datetime) -> Iterator[Line]:
    """Two queries."""
    yield from disks()
    yield _database()
    yield _migrations()
    yield _versions()


def disks() -> Iterator[Line]:
    found: dict[int, Disk] = {}
    for name, folder in _places():
        asked = _ask(folder)
        if asked is None:
            yield Line(
                f"disk_{folder.name}",
                _("磁盘：%s") % name,
                _("没有应答"),
                Level.BAD,
                _("检查 %s 所在的磁盘或网络位置是否连接。") % folder,
            )
            continue
        device, total, free = asked
        found.setdefault(device, Disk([], total, free)).names.append(name)
    for number, disk in enumerate(found.values()):
        yield _room(number, disk)


def _places() -> Iterator[tuple[str, Path]]:
    yield _("数据"), Path(settings.VAR_DIR)
    yield _("附件"), Path(settings.MEDIA_ROOT)
    yield _("导出文件"), Path(settings.EXPORTS_DIR)
    yield _("备份"), Path(settings.BACKUP_DIR)
    if settings.BACKUP_SECOND_DIR:
        yield _("第二处备份"), Path(settings.BACKUP_SECOND_DIR)


def _room(number: int, disk: Disk) -> Line:
    share = disk.free / disk.total if disk.total else 0.0
    level = grade(1 - share, watch=1 - WATCH_FREE, bad=1 - BAD_FREE)
    figure = _("剩余 %(free)s（%(share)d%%），共 %(total)s") % {
        "free": filesizeformat(disk.free),
        "share": share * 100,
        "total": filesizeformat(disk.total),
    }
    advice = _("清理旧的备份和导出文件，或扩大磁盘；写满后无法保存和上传。") if level else ""
    numbers = {f"disk{number}_free_bytes": disk.free, f"disk{number}_total_bytes": disk.total}
    label = _("磁盘：%s") % "、".join(disk.names)
    return Line(f"disk{number}", label, figure, level, advice, numbers)


_asking: dict[Path, Thread] = {}


def _ask(folder: Path) -> tuple[int, int, int] | None:
    """Device, total and free bytes; None if nothing answers in time.

    A question that hangs is not asked again while it does, or threads would pile up.
    """
    if (before := _asking.get(folder)) and before.is_alive():
        return None
    answers: list[tuple[int, int, int]] = []
    thread = Thread(target=_measure, args=(folder, answers), daemon=True)
    _asking[folder] = thread
    thread.start()
    thread.join(DISK_SECONDS)
    return answers[0] if answers else None


def _measure(folder: Path, answers: list[tuple[int, int, int]]) -> None:
    try:
        while not folder.exists() and folder != folder.parent:
            folder = folder.parent  # made when first needed
        usage = shutil.disk_usage(folder)
        answers.append((folder.stat().st_dev, usage.total, usage.free))
    except OSError:
        return  # told by the missing answer


def _database() -> Line:
    size = _size()
    numbers = {"database_bytes": size}
    return Line("database", _("数据库"), filesizeformat(size), numbers=numbers)


def _size() -> int:
    """In bytes; 0 for one that is in memory only."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_database_size(current_database())")
            return int(cursor.fetchone()[0])
    name = str(connection.settings_dict["NAME"])
    files = [Path(name), Path(f"{name}-wal")]
    return sum(file.stat().st_size for file in files if file.is_file())


def _migrations() -> Line:
    recorder = MigrationRecorder(connection)
    applied = set(recorder.migration_qs.values_list("app", "name"))
    wanted = _migrations_of_this_version()
    missing, unknown = wanted - applied, {each for each in applied if each[0] in _apps()} - wanted
    numbers = {"migrations_missing": len(missing)}
    label = _("数据库结构")
    if missing:
        figure = _("有 %s 项更新尚未执行") % len(missing)
        advice = _("执行 manage.py migrate，然后重启网页和后台进程。")
        return Line("migrations", label, figure, Level.BAD, advice, numbers)
    if unknown:
        figure = _("数据库比程序新（%s 项）") % len(unknown)
        advice = _("程序可能退回了旧版本；请装回与数据库相符的版本，或从备份恢复。")
        return Line("migrations", label, figure, Level.WATCH, advice, numbers)
    return Line("migrations", label, _("与程序版本一致"), numbers=numbers)


@cache
def _migrations_of_this_version() -> frozenset[tuple[str, str]]:
    """What the program brings along; does not change while it runs."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    replaced = {each for one in loader.disk_migrations.values() for each in one.replaces}
    return frozenset(loader.disk_migrations.keys() - replaced)


def _apps() -> set[str]:
    return {app for app, _name in _migrations_of_this_version()}


def _versions() -> Line:
    figure = _("平台 %(portal)s，Python %(python)s，Django %(django)s，%(database)s") % {
        "portal": portal_version(),
        "python": ".".join(str(part) for part in sys.version_info[:3]),
        "django": django.get_version(),
        "database": _database_version(),
    }
    return Line("versions", _("版本"), figure)


@cache
def portal_version() -> str:
    """As the project's own file says; empty where it was not installed along."""
    try:
        with (settings.BASE_DIR / "pyproject.toml").open("rb") as file:
            return str(tomllib.load(file)["project"]["version"])
    except (OSError, KeyError):
        return ""


def _database_version() -> str:
    if connection.vendor == "postgresql":
        number = connection.pg_version  # type: ignore[attr-defined]  # of its own class
        return f"PostgreSQL {number // 10000}.{number % 10000}"
    return f"SQLite {sqlite3.sqlite_version}"
