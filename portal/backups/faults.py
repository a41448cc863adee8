"""What can go wrong with backups, in sentences for the operator."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.utils.translation import gettext as _

_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class BackupError(Exception):
    """A backup, trial or restore was not done; says in Chinese why and what to do."""


class ShelfBusyError(BackupError):
    """Somebody else is at the same backups just now; whoever only looks by may leave them to it."""


class UnfinishedError(BackupError):
    """The data were restored, but what had to follow was not all done."""


class StrandedError(BackupError):
    """Nothing was restored, and of the old data not all could be put back: it lies aside."""


@contextmanager
def putting_back(aside: object) -> Iterator[None]:
    """Around what puts old data back after a failed restore; says where it is if that fails too."""
    try:
        yield
    except (OSError, BackupError) as error:
        words = _(
            "没有恢复，而且原有数据没能移回，仍在：%(aside)s（%(error)s）。请不要启动门户；排除原因后"
            "加 --replace 重新恢复，或把它改回原来的名字。"
        )
        raise StrandedError(words % {"aside": aside, "error": error}) from error


@contextmanager
def told_of(folder: Path) -> Iterator[None]:
    """Turns what the disk refuses into a sentence that names the folder."""
    try:
        yield
    except OSError as error:
        words = (
            _("“%(folder)s”磁盘空间不足，没有写成。请清理磁盘或换一个位置后重试。")
            if error.errno in _NO_ROOM
            else _("“%(folder)s”读写失败：%(error)s。请检查该位置是否存在、可写。")
        )
        raise BackupError(words % {"folder": folder, "error": error}) from error
