"""The one worker that may read a queue folder."""

import logging
from pathlib import Path
from typing import Any

from celery import bootsteps
from celery.signals import worker_shutting_down

from portal.embedded.lock import FolderInUseError, FolderLock
from portal.embedded.transport import SCHEME, FolderTransport, restore

logger = logging.getLogger(__name__)


@worker_shutting_down.connect
def stop_waiting(**_: Any) -> None:
    """Let a worker that was told to stop do so without waiting for one more message."""
    FolderTransport.stopping.set()


class SingleReader(bootsteps.Step):
    """Before a worker starts on a folder: make sure it is alone, then restore its messages.

    Restoring under a second running worker would hand out again what that one is busy with.
    """

    label = "Single reader"
    lock: FolderLock

    def include_if(self, parent: Any) -> bool:
        return str(parent.app.conf.broker_url).startswith(f"{SCHEME}:")

    def create(self, parent: Any) -> None:
        folder = Path(parent.app.conf.broker_transport_options["folder"])
        try:
            self.lock = FolderLock(folder / "reader.lock")  # held while this worker lives
        except FolderInUseError as error:
            raise SystemExit(str(error)) from error
        if restored := restore(folder):
            logger.warning("%d interrupted messages are handed out again", restored)
