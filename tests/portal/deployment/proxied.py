"""A portal of a few lines behind the reverse proxy: what reaches it, what becomes of answers."""

import http.client
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from tests.services.nginx import Nginx, running_nginx

PART = bytes(range(256)) * 4096
PARTS = 30
"""Of a download whose length nobody tells beforehand, as an archive's: 30 MB."""


class Upstream(BaseHTTPRequestHandler):
    """`/whole` is sent in chunks, `/broken` ends in the midst; anything else says what came."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.send_response(200)
        if self.path not in ("/whole", "/broken"):
            said = "\n".join(f"{name}: {value}" for name, value in self.headers.items()).encode()
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)
            return
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for _ in range(PARTS if self.path == "/whole" else 1):
            self.wfile.write(b"%x\r\n%b\r\n" % (len(PART), PART))
        if self.path == "/whole":
            self.wfile.write(b"0\r\n\r\n")
        self.close_connection = True

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.do_GET()

    def log_message(self, *_: object) -> None:
        """Not among the lines of the tests."""


@dataclass
class Answer:
    """What the browser got."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes
    seconds: float

    def header(self, name: str) -> str:
        return next((value for key, value in self.headers if key.lower() == name), "")


def ask(
    proxy: Nginx,
    address: str,
    *,
    body: bytes = b"",
    source: str = "127.0.0.1",
    headers: dict[str, str] | None = None,
) -> Answer:
    """Over TLS, from an address of the loopback; a POST if there is a body."""
    server = http.client.HTTPSConnection(
        "127.0.0.1", proxy.port, timeout=30, context=proxy.trust, source_address=(source, 0)
    )
    begun = time.monotonic()
    try:
        server.request("POST" if body else "GET", address, body or None, headers or {})
        answer = server.getresponse()
        told = answer.getheaders()
        return Answer(answer.status, told, answer.read(), time.monotonic() - begun)
    finally:
        server.close()


@contextmanager
def running_upstream(folder: Path) -> Iterator[Nginx]:
    """The proxy with the portal of a few lines behind it."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Upstream)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        with running_nginx(folder, f"127.0.0.1:{server.server_port}") as proxy:
            yield proxy
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
