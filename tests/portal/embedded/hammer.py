"""Processes that write to and read from one queue folder as hard as they can."""

import json
import multiprocessing
import time
from collections import Counter
from multiprocessing.context import SpawnProcess
from pathlib import Path

from kombu import Connection, Consumer, Queue

from portal.embedded.transport import SCHEME, register

QUEUE = "hammer"
PADDING = "学" * 6700  # 20 KB in UTF-8
spawn = multiprocessing.get_context("spawn")


def connect(folder: Path) -> Connection:
    register()
    return Connection(f"{SCHEME}://", transport_options={"folder": str(folder)})


def write(folder: Path, writer: int, count: int) -> None:
    with connect(folder) as connection, connection.SimpleQueue(QUEUE) as queue:
        for number in range(count):
            queue.put({"id": f"{writer}-{number}", "padding": PADDING})


def read(folder: Path, journal: Path) -> None:
    """Take and acknowledge until nothing has come for a second; one line a message."""
    with connect(folder) as connection, journal.open("a", buffering=1) as lines:

        def handle(body, message):
            assert body["padding"] == PADDING
            lines.write(f"{body['id']}\n")
            message.ack()

        with Consumer(connection, [Queue(QUEUE)], callbacks=[handle], prefetch_count=4):
            while True:
                try:
                    connection.drain_events(timeout=1)
                except TimeoutError:
                    return


def hold(folder: Path, held: Path) -> None:
    """Take one message, say so, and never acknowledge it."""
    with connect(folder) as connection:
        message = connection.SimpleQueue(QUEUE).get(timeout=10)
        held.write_text(json.dumps(message.payload["id"]))
        time.sleep(60)


def start(target, *args) -> SpawnProcess:
    process = spawn.Process(target=target, args=args, daemon=True)
    process.start()
    return process


def journalled(folder: Path) -> Counter[str]:
    return Counter(line for file in folder.glob("*.log") for line in file.read_text().split())
