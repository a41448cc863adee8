"""The drill: a county is filled, backed up, lost, restored and signed in to; and measured.

All of it happens in a folder and a database of its own, with the commands an operator would use.
"""

import json
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.backups.data import Database
from portal.backups.elsewhere import environment_of, manage
from portal.backups.faults import BackupError
from portal.backups.files import entry_of, files_below
from portal.backups.manifest import Manifest
from portal.backups.shelf import Shelf, name_at

DATA = "drill-data-"
ANSWER = "answer: "


@dataclass(frozen=True)
class Extent:
    """How large the drill is: units, files, and commits between the backup and the loss."""

    units: int
    files: int
    later_commits: int


@dataclass(frozen=True)
class Figures:
    """``exposed`` is the time from the backup's moment to the loss, within which ``lost`` of the
    acknowledged commits were made (RPO); ``restoring`` the time from the loss to a page after
    signing in (RTO). ``unequal`` names files and tables that are not as they were.
    """

    rows: int
    size: int
    backing_up: timedelta
    exposed: timedelta
    lost: int
    restoring: timedelta
    unequal: list[str]

    def sentences(self) -> list[str]:
        said = _(
            "数据：%(rows)s 行，备份 %(size)s。\n"
            "备份用时：%(backing_up).1f 秒。\n"
            "RPO：从备份时刻到丢失 %(exposed).1f 秒，其间已提交的 %(lost)s 笔没有恢复。\n"
            "RTO：从丢失到重新登录 %(restoring).1f 秒。"
        )
        seconds = {name: getattr(self, name).total_seconds() for name in _TIMES}
        lines = (said % {**vars(self), **seconds, "size": filesizeformat(self.size)}).splitlines()
        if self.unequal:
            return [*lines, _("校验不一致：%s。") % "、".join(self.unequal[:10])]
        return [*lines, _("校验：全部文件和表内容与备份时刻一致，登录成功。")]


_TIMES = ("backing_up", "exposed", "restoring")


def drill(*, folder: Path, database: Database, extent: Extent) -> Figures:
    """Raises BackupError where a step fails; ``folder`` is empty afterwards."""
    password = f"Drill-{secrets.token_urlsafe(12)}-7a"
    moment = name_at(timezone.now())
    (folder / "second").mkdir()
    try:
        with _portal(database, folder, f"{DATA}{moment}1") as first:
            _fill(first, extent, password)
            before, begun = _state(first), time.monotonic()
            _step(first, "backup")
            backing_up = timedelta(seconds=time.monotonic() - begun)
            number = f"--number={extent.later_commits}"
            written = _step(first, "restore_drill", "--step=write", number)
            lost_at = timezone.now()
        shutil.rmtree(folder / "backups")  # the machine is gone: only the second place is left
        begun = time.monotonic()
        with _portal(database, folder, f"{DATA}{moment}2") as second:
            _step(second, "restore", "latest")
            restoring = timedelta(seconds=time.monotonic() - begun)
            after = _state(second)  # before anybody signs in, which leaves its traces
            begun = time.monotonic()
            if not _step(second, "restore_drill", "--step=sign_in", f"--password={password}"):
                raise BackupError(_("恢复之后无法登录。"))
            restoring += timedelta(seconds=time.monotonic() - begun)
            left = _step(second, "restore_drill", "--step=count")
        manifest = Manifest.read(Shelf(folder / "second").backups()[-1].path)
    finally:
        shutil.rmtree(folder)
        folder.mkdir()
    return Figures(
        rows=sum(manifest.rows.values()),
        size=manifest.size,
        backing_up=backing_up,
        exposed=lost_at - manifest.taken_at,
        lost=written - left,
        restoring=restoring,
        unequal=sorted(
            name for name in before.keys() | after.keys() if before.get(name) != after.get(name)
        ),
    )


Portal = tuple[dict[str, str], Path]


@contextmanager
def _portal(database: Database, folder: Path, name: str) -> Iterator[Portal]:
    """A machine with nothing on it; lost with its database and its data folder at the end."""
    data = folder / name
    data.mkdir(mode=0o700)
    with database.scratch(data, "drill") as own:
        environment = environment_of(
            own,
            data,
            MEDIA_ROOT=str(data / "media"),
            TRAIL_HEADS=str(data / "trail-heads.log"),
            BACKUP_DIR=str(folder / "backups"),
            BACKUP_SECOND_DIR=str(folder / "second"),
        )
        yield environment, data
    shutil.rmtree(data)


def _fill(portal: Portal, extent: Extent, password: str) -> None:
    environment, _data = portal
    manage(environment, "migrate", "--verbosity=0")
    manage(environment, "load_sample", f"--units={extent.units}", f"--with-logins={password}")
    _step(portal, "restore_drill", "--step=fill", f"--number={extent.files}")


def _step(portal: Portal, *arguments: str) -> Any:
    """Runs a command there; the answer it gives, if it is a step of the drill."""
    environment, _data = portal
    for line in manage(environment, *arguments).splitlines():
        if line.startswith(ANSWER):
            return json.loads(line.removeprefix(ANSWER))
    return None


def _state(portal: Portal) -> dict[str, Any]:
    """The checksum of each file and of each table's contents."""
    _environment, data = portal
    files = {name: [*entry_of(data / "media" / name)] for name in files_below(data / "media")}
    return {**files, **_step(portal, "restore_drill", "--step=digest")}
