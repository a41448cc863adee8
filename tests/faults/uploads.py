"""R24: uploads that break off, and web processes killed while one comes in."""

import os
import signal
import socket
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random

from django.conf import settings
from django.utils import timezone

from sessions.evidence.cleaning import clean
from sessions.models import Evidence, StudySession
from tests.faults.county import clerks
from tests.faults.forms import NEW, Writer
from tests.faults.scenario import Outcome, Scenario
from tests.faults.stack import Stack, wait_until
from tests.faults.visitor import Visitor
from tests.sessions.evidence.make import pdf

SIZE = 4 * 1024 * 1024
"""More than is kept in memory: it goes to a temporary file."""
PIECE = 256 * 1024
BOUNDARY = "torn-upload"


def torn(stack: Stack, chance: Random) -> Outcome:
    aborts, kills = stack.number(100, 4), stack.number(20, 1)
    with stack.web() as web:
        [visitor] = clerks(web.port, 1)
        form = Writer(1).new(visitor)
        visitor.post(NEW, form)
        session = StudySession.objects.get(form_token=form["token"])
        address = f"/sessions/{session.pk}/evidence/"
        for _ in range(aborts):
            _send_part(visitor, address, chance.randrange(1, SIZE // PIECE))
        after_aborts = _temporary()
        for _kill in range(kills):
            wait_until(lambda: len(web.workers()) == 2, seconds=20)
            for _ in _pieces_sent(visitor, address, SIZE // PIECE - 2):
                for pid in web.workers():
                    os.kill(pid, signal.SIGKILL)
        after_kills = _temporary()
        clean(before=timezone.now())
        left = _temporary()
        wait_until(lambda: visitor.get("/sessions/").status == 200, seconds=20)
        whole = _upload(visitor, address)
        statuses = Counter(visitor.get(page).status for page in ("/", "/sessions/", address))
    stored = Evidence.objects.filter(session=session).count()
    outcome = Outcome(
        f"{aborts} broken off, {kills} × web processes killed",
        duplicates=max(0, stored - 1),
        lost=1 - min(stored, 1),
        errors=sum(n for status, n in statuses.items() if status >= 500 or not status),
        notes=f"temporary files: {after_aborts} after the aborts, {after_kills} after the kills, "
        f"{left} after the cleaner",
    )
    outcome.expect(left == 0, "temporary files stay behind")
    outcome.expect(whole in (200, 302), f"a whole upload afterwards was answered {whole}")
    return outcome


def _head(visitor: Visitor) -> bytes:
    fields = {"csrfmiddlewaretoken": visitor.cookies["csrf"], "kind": "minutes"}
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    ]
    file = 'Content-Disposition: form-data; name="uploads"; filename="记录.pdf"'
    return "".join([*parts, f"--{BOUNDARY}\r\n{file}\r\n\r\n"]).encode()


def _pieces_sent(visitor: Visitor, address: str, pieces: int) -> Iterator[None]:
    """Sends the beginning of an upload, and closes the connection when the caller is done."""
    head = _head(visitor)
    cookies = "; ".join(f"{name}={value}" for name, value in visitor.cookies.items())
    lines = [
        f"POST {address} HTTP/1.1", f"Host: 127.0.0.1:{visitor.port}", f"Cookie: {cookies}",
        f"Content-Type: multipart/form-data; boundary={BOUNDARY}",
        f"Content-Length: {len(head) + SIZE}", "", "",
    ]  # fmt: skip
    with socket.create_connection(("127.0.0.1", visitor.port), timeout=30) as connection:
        connection.sendall("\r\n".join(lines).encode() + head)
        for _ in range(pieces):
            connection.sendall(b"x" * PIECE)
        time.sleep(0.3)  # what is on its way arrives, and lies on the disk
        yield


def _send_part(visitor: Visitor, address: str, pieces: int) -> None:
    for _ in _pieces_sent(visitor, address, pieces):
        pass


def _upload(visitor: Visitor, address: str) -> int:
    body = _head(visitor) + pdf("会议记录") + f"\r\n--{BOUNDARY}--\r\n".encode()
    headers = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
    return visitor.request("POST", address, body, headers).status


def _temporary() -> int:
    return len(list(Path(settings.FILE_UPLOAD_TEMP_DIR).glob("*")))


SCENARIOS = (Scenario("torn uploads", "R24", torn),)
