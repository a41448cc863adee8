"""What systemd does for the worker and the scheduler: what ended by itself is started again."""

import threading
from collections.abc import Callable

from portal.embedded.child import Child

RESTART_SECONDS = 5
"""`RestartSec` of the services under deploy/systemd."""


class Kept:
    """A process under `Restart=always`. Kombu ends a worker whose Redis vanishes while it holds
    calls it has not acknowledged ("Unrecoverable error"); in production it is back at once.
    """

    def __init__(self, start: Callable[[], Child]) -> None:
        self.restarts = 0
        self._start = start
        self._child = start()
        self._over = threading.Event()
        self._watch = threading.Thread(target=self._keep, daemon=True)
        self._watch.start()

    @property
    def pid(self) -> int:
        return self._child.pid

    def kill(self) -> None:
        """Ends it and everything it started, for good."""
        self._over.set()
        self._watch.join()
        self._child.kill()

    def _keep(self) -> None:
        while not self._over.wait(0.5):
            if not self._child.is_running() and not self._over.wait(RESTART_SECONDS):
                self._child = self._start()
                self.restarts += 1
