"""Tasks whose running in another process can be seen from files, and how to send them."""

import os
import time
from pathlib import Path
from typing import Any

from celery import Celery, shared_task

from portal.embedded.transport import register


@shared_task(name="probes.note")
def note(file: str, line: str) -> None:
    with Path(file).open("a", encoding="utf-8") as stream:
        stream.write(f"{line}\n")


@shared_task(name="probes.linger")
def linger(file: str) -> None:
    """Note the start, then work on until `file` is joined by `file.go`."""
    note(file, f"started in {os.getpid()}")
    while not Path(f"{file}.go").exists():
        time.sleep(0.05)
    note(file, "finished")


def send(name: str, *args: str, folder: Path | None = None, redis: str = "") -> None:
    """Publish as the portal does, to a folder or to a Redis."""
    register()
    options: dict[str, Any] = {"folder": str(folder)} if folder else {}
    with Celery("sender", broker=redis or "folder://localhost", set_as_current=False) as app:
        app.conf.broker_transport_options = options
        app.send_task(name, args=args, ignore_result=True)


def lines(file: Path) -> list[str]:
    return file.read_text(encoding="utf-8").splitlines() if file.exists() else []
