"""A real SMTP server for the tests, which treats recipients as their address asks.

refused550@…    550 at RCPT          later451@…     451 at RCPT
baddata552@…    552 after the body   latedata452@…  452 after the body
drop@…          breaks the connection after the body
slow@…          answers RCPT too late      slowdata@…   answers the body too late
goodbye421@…    421 at RCPT, and ends the connection
"""

import asyncio
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

LATE = 3.0
"""Seconds; tests set EMAIL_TIMEOUT below it."""
AT_RCPT = {"refused550": "550 5.1.1 no such user", "later451": "451 4.7.1 greylisted"}
AT_DATA = {"baddata552": "552 5.3.4 message too big", "latedata452": "452 4.3.1 disk full"}


class Handler:
    """Keeps what it accepted, in order: (recipient, message).

    After `mails_a_connection` mails the server ends a connection with 421, as busy relays do.
    `refuses_sender` is its answer to everybody who wants to send.
    """

    mails_a_connection = sys.maxsize
    refuses_sender = ""

    def __init__(self) -> None:
        self.received: list[tuple[str, Message]] = []

    async def handle_MAIL(
        self, server: SMTP, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        session.mails = getattr(session, "mails", 0) + 1
        if session.mails > self.mails_a_connection:
            await server.push("421 4.7.0 too many mails")
            _break(server)
        if self.refuses_sender:
            return self.refuses_sender
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(
        self, server: SMTP, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        name = address.partition("@")[0]
        if name in AT_RCPT:
            return AT_RCPT[name]
        if name == "goodbye421":
            await server.push("421 4.3.2 closing")
            _break(server)
        if name == "slow":
            await asyncio.sleep(LATE)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Any) -> str:
        [address] = envelope.rcpt_tos
        name = address.partition("@")[0]
        if name in AT_DATA:
            return AT_DATA[name]
        if name == "drop":
            _break(server)
            return "250 never heard"
        if name == "slowdata":
            await asyncio.sleep(LATE)
        self.received.append((address, message_from_bytes(envelope.content)))
        return "250 OK"


def _break(server: SMTP) -> None:
    assert server.transport
    server.transport.close()


class Server(Controller):
    """Counts its connections."""

    handler: Handler
    connections = 0

    def factory(self) -> SMTP:
        self.connections += 1
        server: SMTP = super().factory()
        return server

    @property
    def received(self) -> list[tuple[str, Message]]:
        return self.handler.received

    def message_ids(self) -> list[str]:
        """The Message-IDs accepted so far."""
        return [str(message["Message-ID"]).strip() for _, message in self.received]


def free_port() -> int:
    """`Controller(port=0)` fails: it connects to port 0 to see whether it is up."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def smtp_server(port: int = 0, handler: Handler | None = None) -> Iterator[Server]:
    """A server on the given or a free port of this machine, until the block ends."""
    server = Server(handler or Handler(), hostname="127.0.0.1", port=port or free_port())
    server.start()
    server.connections = 0  # without the controller's own look whether it is up
    try:
        yield server
    finally:
        server.stop()


@contextmanager
def black_hole() -> Iterator[int]:
    """A port that takes connections and never says a word."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(50)
        yield int(listener.getsockname()[1])
