"""A lock on a folder that lasts as long as a process holding its descriptor lives."""

import fcntl
import os
from pathlib import Path

from django.utils.translation import gettext as _


class FolderInUseError(Exception):
    """Somebody else works on the folder; says in Chinese what to do."""


class FolderLock:
    """Held from construction until `release`, or until the last process that inherited it ends.

    Nothing needs cleaning up after a crash: the kernel lets go by itself.
    """

    def __init__(self, path: Path) -> None:
        """Take the lock, or raise FolderInUseError at once."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.pread(self._descriptor, 32, 0).decode(errors="replace") or "?"
            os.close(self._descriptor)
            raise FolderInUseError(
                _(
                    "数据目录 %(folder)s 正由另一个门户进程使用（进程号 %(holder)s）。"
                    "请先停止它，或用环境变量 VAR_DIR 指定另一个数据目录。"
                )
                % {"folder": path.parent, "holder": holder}
            ) from None
        os.ftruncate(self._descriptor, 0)
        os.pwrite(self._descriptor, str(os.getpid()).encode(), 0)

    def fileno(self) -> int:
        """The descriptor, to hand on to child processes."""
        return self._descriptor

    def release(self) -> None:
        """Let go here; children that inherited the descriptor still hold the lock."""
        os.close(self._descriptor)
