"""A real worker process for a while: for `make demo`, and for tests that kill one."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from portal.embedded.child import Child
from portal.embedded.commands import worker_command
from portal.embedded.lock import FolderLock

LOCK_NAME = "portal.lock"
LOOK_EVERY_SECONDS = 0.1


class WorkerError(Exception):
    """The worker ended, or did not do in time what was waited for."""


class RunningWorker:
    """A worker process at work; its output goes to the file `log`."""

    def __init__(self, child: Child, log: Path) -> None:
        self.child = child
        self.log = log

    @property
    def pid(self) -> int:
        return self.child.pid

    def wait_until(self, condition: Callable[[], bool], *, seconds: float) -> None:
        """Return as soon as the condition holds; WorkerError after `seconds`, or if it dies."""
        deadline = time.monotonic() + seconds
        while not condition():
            if not self.child.is_running():
                raise WorkerError(_("后台进程意外退出，详见 %(log)s") % {"log": self.log})
            if time.monotonic() > deadline:
                raise WorkerError(
                    _("等待 %(seconds)g 秒后台任务仍未完成，详见 %(log)s")
                    % {"seconds": seconds, "log": self.log}
                )
            time.sleep(LOOK_EVERY_SECONDS)

    def kill(self) -> None:
        """End it at once and with it what it was doing, as a power cut would."""
        self.child.kill()


def stop(children: list[Child], *, seconds: float) -> bool:
    """Ask all to stop, wait at most `seconds`, end the rest; whether all went by themselves."""
    for child in children:
        child.ask_to_stop()
    deadline = time.monotonic() + seconds
    while running := [child for child in children if child.is_running()]:
        if time.monotonic() > deadline:
            for child in running:
                child.kill()
            return False
        time.sleep(LOOK_EVERY_SECONDS)
    return True


@contextmanager
def running_worker(
    *,
    beat: bool = False,
    concurrency: int = 2,
    log: Path | None = None,
    stop_seconds: float = 30,
) -> Iterator[RunningWorker]:
    """Start a worker on this data folder, and stop it gracefully on leaving.

    Raises FolderInUseError while a portal runs on the same folder. Messages need not wait for the
    worker to be ready: they keep in the queue.
    """
    log = log or settings.VAR_DIR / "logs" / "worker.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    lock = FolderLock(settings.VAR_DIR / LOCK_NAME)
    try:
        with log.open("ab") as output:
            child = Child(
                worker_command(beat=beat, concurrency=concurrency),
                hand_on=[lock.fileno()],
                output=output,
            )
        try:
            yield RunningWorker(child, log)
        finally:
            stop([child], seconds=stop_seconds)
    finally:
        lock.release()
