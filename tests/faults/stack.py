"""The portal as it runs in production, on free ports of this machine: web, workers, beat.

The suite's own process uses the same settings and database, so that it can look at the rows.
"""

import http.client
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

import django
from django.core.management import call_command
from django.db import connections

from portal.embedded.child import Child
from tests.faults.keeper import Kept
from tests.faults.servers import OwnPostgreSQL, OwnRedis
from tests.services.redis import free_port
from tests.services.smtp import Server, smtp_server

WEB = (
    *("-m", "gunicorn", "portal.wsgi:application", "--worker-class", "gthread"),
    *("--workers", "2", "--threads", "4", "--timeout", "60"),
    *("--no-control-socket", "--log-level", "warning"),
)
WORKER = ("-m", "celery", "--app", "portal", "--quiet", "worker", "--loglevel", "WARNING")
BEAT = ("-m", "celery", "--app", "portal", "--quiet", "beat", "--loglevel", "WARNING", "--pidfile=")
QUICK_CLOCKWORK = {
    "SWEEP_SECONDS": "1",
    "TICK_SECONDS": "2",
    "JOB_LEASE_SECONDS": "4",
    "MAIL_LEASE_SECONDS": "10",
    "EMAIL_TIMEOUT": "2",
}
"""What takes minutes in production, so that a run can watch it: leases, sweeps, time-outs."""


@dataclass
class Stack:
    """Everything a scenario may use and break."""

    folder: Path
    scale: float
    postgresql: OwnPostgreSQL
    redis: OwnRedis
    smtp: Server
    started: int = 0
    restarts: int = 0
    """How often a worker or scheduler had ended by itself and was started again."""

    def number(self, full: int, smoke: int) -> int:
        """How many, or how many seconds: `full` times the scale, at least `smoke`."""
        return max(smoke, round(full * self.scale))

    @property
    def is_full(self) -> bool:
        return self.scale >= 1

    @contextmanager
    def process(self, *command: str, **environment: str) -> Iterator[Child]:
        """A command of this Python with everything it starts, ended with the block."""
        child = self._starter(command, environment)()
        try:
            yield child
        finally:
            child.kill()

    @contextmanager
    def service(self, *command: str, **environment: str) -> Iterator[Kept]:
        """The same, started again whenever it ends by itself."""
        kept = Kept(self._starter(command, environment))
        try:
            yield kept
        finally:
            kept.kill()
            self.restarts += kept.restarts

    def _starter(self, command: Sequence[str], environment: dict[str, str]) -> Callable[[], Child]:
        self.started += 1
        log = self.folder / "logs" / f"{self.started:03}-{command[1]}.log"
        log.parent.mkdir(exist_ok=True)

        def start() -> Child:
            with changed_environment(environment), log.open("ab") as output:
                return Child(list(command), output=output)

        return start

    @contextmanager
    def web(self, **environment: str) -> Iterator["Web"]:
        """gunicorn as in production, ready to answer."""
        port = free_port()
        with self.process(*WEB, "--bind", f"127.0.0.1:{port}", **environment) as child:
            if not wait_until(lambda: _answers(port), seconds=60):
                raise RuntimeError("the web server does not answer; see its log")
            yield Web(child, port)

    @contextmanager
    def worker(self, processes: int = 2, **environment: str) -> Iterator[Kept]:
        """A Celery worker with so many forked children."""
        self.started += 1
        name = f"--hostname=faults{self.started}@%h"
        with self.service(*WORKER, "--concurrency", str(processes), name, **environment) as kept:
            yield kept

    @contextmanager
    def beat(self, **environment: str) -> Iterator[Kept]:
        """The scheduler, with a schedule file of its own."""
        schedule = self.folder / f"beat-{self.started}"
        with self.service(*BEAT, "--schedule", str(schedule), **environment) as kept:
            yield kept

    @contextmanager
    def clockwork(self, workers: int = 1, processes: int = 2, **environment: str) -> Iterator[None]:
        """Workers and a scheduler."""
        with ExitStack() as running:
            for _ in range(workers):
                running.enter_context(self.worker(processes, **environment))
            running.enter_context(self.beat(**environment))
            yield


@dataclass
class Web:
    """A running web server."""

    child: Child
    port: int

    def workers(self) -> list[int]:
        return children_of(self.child.pid)


@contextmanager
def running_servers(
    scale: float = 1.0, *, keep: bool = False, **environment: str
) -> Iterator[Stack]:
    """The servers, an empty data folder and an empty database, and the portal's settings for them
    in this process. Once in a process: Django is set up only once.
    """
    folder = Path(tempfile.mkdtemp(prefix="portal-faults-"))
    folder.chmod(0o755)
    with ExitStack() as ending:
        if not keep:
            ending.callback(shutil.rmtree, folder, ignore_errors=True)
        postgresql = OwnPostgreSQL(folder / "pg")
        ending.callback(postgresql.stop)
        redis = OwnRedis(folder / "redis")
        ending.callback(redis.stop)
        smtp = ending.enter_context(smtp_server())
        os.environ |= {
            **environment,
            "DJANGO_SETTINGS_MODULE": "portal.settings",
            "SECRET_KEY": "secret-of-the-fault-suite",
            "DATABASE_URL": postgresql.url,
            "REDIS_URL": redis.url,
            "EMAIL_URL": f"smtp://127.0.0.1:{smtp.port}",
            "VAR_DIR": str(folder / "var"),
        }
        django.setup()
        call_command("migrate", interactive=False, verbosity=0)
        yield Stack(folder, scale, postgresql, redis, smtp)


def children_of(pid: int) -> list[int]:
    """The processes a process of ours has started."""
    try:
        tasks = [task.read_text().split() for task in Path(f"/proc/{pid}/task").glob("*/children")]
    except OSError:  # it ended meanwhile
        return []
    return [int(child) for children in tasks for child in children]


def _answers(port: int) -> bool:
    web = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        web.request("GET", "/healthz")
        return web.getresponse().status == HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        web.close()


def wait_until(condition: Callable[[], bool], *, seconds: float, every: float = 0.1) -> bool:
    """Whether the condition came to hold within so many seconds."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(every)
    return True


def use_database_afresh() -> None:
    """Forgets connections that a restart has cut."""
    connections.close_all()


@contextmanager
def changed_environment(values: dict[str, str]) -> Iterator[None]:
    """The variables for what is started in the block."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A command of this Python to its end; the caller looks at its return code."""
    return subprocess.run(
        [sys.executable, *arguments],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
