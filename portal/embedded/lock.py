"""A lock on a folder that lasts as long as a process holding its descriptor lives."""

import fcntl
import os
from pathlib import Path

from django.utils.translation import gettext as _

WEB_LOCK_NAME = "web.lock"
"""In the data folder; shared by all web servers, workers and schedulers that work on it, taken
alone by a restore."""


class FolderInUseError(Exception):
    """Somebody else works on the folder; says in Chinese what to do.

    When it is asked: a web server's first process knows no words yet.
    """

    def __init__(self, folder: Path, holder: str) -> None:
        super().__init__(folder, holder)
        self.folder, self.holder = folder, holder

    def __str__(self) -> str:
        words = _(
            "数据目录 %(folder)s 正由另一个门户进程使用（进程号 %(holder)s）。"
            "请先停止它，或用环境变量 VAR_DIR 指定另一个数据目录。"
        )
        return words % {"folder": self.folder, "holder": self.holder}


class FolderLock:
    """Held from construction until `release`, or until the last process that inherited it ends.

    Nothing needs cleaning up after a crash: the kernel lets go by itself.
    """

    def __init__(self, path: Path, *, shared: bool = False) -> None:
        """Take the lock, perhaps ``shared`` by many, or raise FolderInUseError at once."""
        path.parent.mkdir(parents=True, exist_ok=True)
        way = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
        self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(self._descriptor, way | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.pread(self._descriptor, 32, 0).decode(errors="replace") or "?"
            os.close(self._descriptor)
            raise FolderInUseError(path.parent, holder) from None
        os.ftruncate(self._descriptor, 0)
        os.pwrite(self._descriptor, str(os.getpid()).encode(), 0)

    def fileno(self) -> int:
        """The descriptor, to hand on to child processes."""
        return self._descriptor

    def release(self) -> None:
        """Let go here; children that inherited the descriptor still hold the lock."""
        os.close(self._descriptor)
