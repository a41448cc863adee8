"""Celery's broker in a folder, for the county that runs neither Redis nor anything else.

`folder://` with the transport option `folder` naming a directory. Delivery is at least once: a
message stays on the disk, claimed, until its task has acknowledged it. Messages of control
queues (consumed without acknowledgement) are dropped as they are taken.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty
from typing import Any

from kombu.exceptions import OperationalError
from kombu.transport import TRANSPORT_ALIASES, virtual
from kombu.utils.json import dumps, loads

from portal.embedded.bindings import Binding, Bindings
from portal.embedded.spool import Claim, Spool

SCHEME = "folder"
CONTROL_QUEUE_SUFFIX = ".pidbox"


@contextmanager
def disk_errors_as_broker_errors() -> Iterator[None]:
    """Raise what a publisher meets when Redis is away, so that callers know one error only."""
    try:
        yield
    except OSError as error:
        raise OperationalError(f"cannot write to the queue folder: {error}") from error


class FolderQoS(virtual.QoS):
    """Acknowledging a message deletes its file."""

    channel: "FolderChannel"

    def ack(self, delivery_tag: str) -> None:
        self.channel.spool.done(delivery_tag)
        super().ack(delivery_tag)

    def reject(self, delivery_tag: str, requeue: bool = False) -> None:
        super().reject(delivery_tag, requeue=requeue)
        if not requeue:
            self.channel.spool.done(delivery_tag)


class FolderChannel(virtual.Channel):
    """One consumer's or publisher's view of the folder."""

    QoS = FolderQoS
    supports_fanout = True

    def __init__(self, connection: Any, **kwargs: Any) -> None:
        super().__init__(connection, **kwargs)
        folder = Path(connection.client.transport_options["folder"])
        self.spool = Spool(folder)
        self.bindings = Bindings(folder / "bindings")
        self._no_ack_queues: set[str] = set()

    def basic_consume(
        self, queue: str, no_ack: bool, callback: Any, consumer_tag: Any, **kwargs: Any
    ) -> Any:
        if no_ack:
            self._no_ack_queues.add(queue)
        else:
            self._no_ack_queues.discard(queue)
        return super().basic_consume(queue, no_ack, callback, consumer_tag, **kwargs)

    def basic_get(self, queue: str, no_ack: bool = False, **kwargs: Any) -> Any:
        message = super().basic_get(queue, no_ack, **kwargs)
        if message is not None and no_ack:
            self.spool.done(str(message.delivery_tag))
        return message

    def _put(self, queue: str, message: Any, **kwargs: Any) -> None:
        with disk_errors_as_broker_errors():
            self.spool.put(queue, dumps(message).encode())

    def _put_fanout(self, exchange: str, message: Any, routing_key: str, **kwargs: Any) -> None:
        for binding in self.bindings.table(exchange):
            self._put(binding.queue, message)

    def _get(self, queue: str, timeout: float | None = None) -> Any:
        while claim := self.spool.take(queue):
            try:
                payload = self._payload(claim)
            except (ValueError, TypeError, LookupError, AttributeError) as error:
                self.spool.set_aside(claim.tag, repr(error))
                continue
            if queue in self._no_ack_queues:
                self.spool.done(claim.tag)
            return payload
        raise Empty

    def _payload(self, claim: Claim) -> Any:
        payload = loads(claim.body)
        properties = payload["properties"]
        # The file's own name, since copies of one fanout message share what the sender wrote.
        properties["delivery_tag"] = claim.tag
        properties["delivery_info"]["redelivered"] = claim.redelivered
        self.decode_body(payload["body"], properties["body_encoding"])  # before a consumer trips
        return payload

    def _restore(self, message: Any) -> None:
        self.spool.give_back(message.delivery_tag)

    def _purge(self, queue: str) -> int:
        return self.spool.purge(queue)

    def _size(self, queue: str) -> int:
        return self.spool.size(queue)

    def get_table(self, exchange: str) -> Any:
        return self.bindings.table(exchange)

    def _queue_bind(self, exchange: str, routing_key: str, pattern: str, queue: str) -> None:
        with disk_errors_as_broker_errors():
            self.bindings.add(exchange, Binding(routing_key or "", pattern or "", queue))

    def _delete(
        self, queue: str, exchange: str, routing_key: str, pattern: str, *args: Any, **kwargs: Any
    ) -> None:
        super()._delete(queue)
        self.bindings.remove(exchange, Binding(routing_key or "", pattern or "", queue))


class FolderTransport(virtual.Transport):
    """kombu transport over a folder shared by the processes of one machine."""

    Channel = FolderChannel
    driver_type = SCHEME
    driver_name = SCHEME
    polling_interval = 0.05
    # Set in a worker told to stop: Celery would twice wait out its two seconds first.
    stopping = threading.Event()
    implements = virtual.Transport.implements.extend(
        asynchronous=False, exchange_type=frozenset(["direct", "topic", "fanout"])
    )

    def drain_events(self, connection: Any, timeout: float | None = None, **_: Any) -> None:
        """Deliver one message; TimeoutError if none came in `timeout` seconds (None: wait)."""
        deadline = None if timeout is None else time.monotonic() + timeout
        while True:
            try:
                super().drain_events(connection, timeout=self.polling_interval)
            except TimeoutError:
                if self.stopping.is_set() or (deadline and time.monotonic() >= deadline):
                    raise
            else:
                return

    def driver_version(self) -> str:
        return "1"


def restore(folder: Path) -> int:
    """Make the folder ready for the single worker about to start; count what comes back.

    Remote-control calls meant for a worker that is gone are dropped: a late `shutdown` would
    otherwise stop its successor.
    """
    spool = Spool(folder)
    restored = spool.restore()
    for queue in spool.queues():
        if queue.endswith(CONTROL_QUEUE_SUFFIX):
            spool.purge(queue)
    return restored


def register() -> None:
    """Let kombu know the scheme `folder://`."""
    TRANSPORT_ALIASES[SCHEME] = f"{__name__}:{FolderTransport.__name__}"
