"""A browser without a window, and many of them at once."""

import http.client
import re
import ssl
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from tests.portal.county import PASSWORD

TIMEOUT = 60
FORM = "application/x-www-form-urlencoded"
CSRF = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass
class Answer:
    """What came back; status 0 stands for a connection that was cut."""

    status: int
    body: str = ""
    location: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    seconds: float = 0.0


class Visitor:
    """One person's browser. A new connection for each request, as from behind a proxy."""

    def __init__(self, port: int, username: str = "", trust: ssl.SSLContext | None = None) -> None:
        self.port = port
        self.trust = trust  # None: without TLS
        self.username = username
        self.cookies: dict[str, str] = {}

    def sign_in(self) -> "Visitor":
        """Through the page, as everybody does."""
        answer = self.try_to_sign_in()
        if answer.status != 302:
            raise RuntimeError(f"{self.username} could not sign in: {answer.status}")
        return self

    def try_to_sign_in(self) -> Answer:
        """The answer to the form, in the seconds of the page and the form."""
        page = self.get("/sign-in/")
        answer = self.post("/sign-in/", {"username": self.username, "password": PASSWORD})
        answer.seconds += page.seconds
        return answer

    def get(self, address: str) -> Answer:
        return self.request("GET", address)

    def post(self, address: str, form: Mapping[str, object]) -> Answer:
        token = {"csrfmiddlewaretoken": self.cookies.get("csrf", "")}
        body = urlencode({**token, **form}, doseq=True).encode()
        return self.request("POST", address, body, {"Content-Type": FORM})

    def request(
        self, method: str, address: str, body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Never raises: a cut connection is an answer too."""
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        sent = {"Cookie": cookies, "Connection": "close", **(headers or {})}
        if self.trust is not None:
            sent["Origin"] = f"https://127.0.0.1:{self.port}"  # Django asks where a form is from
        begun = time.monotonic()
        server = self._connection()
        try:
            server.request(method, address, body or None, sent)
            answer = server.getresponse()
            text = answer.read().decode(errors="replace")
        except (OSError, http.client.HTTPException):
            return Answer(0, seconds=time.monotonic() - begun)
        finally:
            server.close()
        self._keep(answer.headers.get_all("Set-Cookie") or [])
        return Answer(
            answer.status,
            text,
            answer.headers.get("Location", ""),
            dict(answer.headers.items()),
            time.monotonic() - begun,
        )

    def _connection(self) -> http.client.HTTPConnection:
        if self.trust is None:
            return http.client.HTTPConnection("127.0.0.1", self.port, timeout=TIMEOUT)
        return http.client.HTTPSConnection(
            "127.0.0.1", self.port, timeout=TIMEOUT, context=self.trust
        )

    def _keep(self, cookies: Sequence[str]) -> None:
        for line in cookies:
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value


Act = Callable[[Visitor, int], Answer]


class Load:
    """Visitors who each do one thing after the other until they are told to stop."""

    def __init__(self, visitors: Sequence[Visitor], act: Act, *, pause: float = 0.0) -> None:
        self.answers: list[tuple[float, Answer]] = []
        self.statuses: Counter[int] = Counter()
        self._act = act
        self._pause = pause
        self._over = threading.Event()
        self._lock = threading.Lock()
        self._threads = [threading.Thread(target=self._go_on, args=(each,)) for each in visitors]

    def __enter__(self) -> "Load":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join()

    def _go_on(self, visitor: Visitor) -> None:
        turn = 0
        while not self._over.is_set():
            answer = self._act(visitor, turn)
            with self._lock:
                self.answers.append((time.monotonic(), answer))
                self.statuses[answer.status] += 1
            turn += 1
            self._over.wait(self._pause)

    def p95(self, since: float = 0.0, until: float = float("inf")) -> float:
        """Seconds in which 95 of 100 answers between two moments came."""
        took = sorted(answer.seconds for at, answer in self.answers if since <= at <= until)
        return took[int(len(took) * 0.95)] if took else 0.0


def all_at_once(calls: Sequence[Callable[[], Answer]]) -> list[Answer]:
    """The answers to calls that wait for each other before they start."""
    barrier = threading.Barrier(len(calls))
    answers: list[Answer] = [Answer(0)] * len(calls)

    def call(place: int) -> None:
        barrier.wait()
        answers[place] = calls[place]()

    threads = [threading.Thread(target=call, args=(place,)) for place in range(len(calls))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers
