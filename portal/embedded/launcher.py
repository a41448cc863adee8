"""One command for everything: starts web and worker, keeps them running, stops them together."""

import http.client
import logging
import signal
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from types import FrameType

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.embedded.child import Child
from portal.embedded.commands import web_command, worker_command
from portal.embedded.lock import FolderLock
from portal.embedded.worker import LOCK_NAME, LOOK_EVERY_SECONDS, stop

logger = logging.getLogger(__name__)

FIRST_PAUSE_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 30.0
STEADY_AFTER_SECONDS = 60.0  # a child that lived this long starts afresh with the first pause
DEATHS_BEFORE_READY = 3


class LaunchError(Exception):
    """The portal cannot be started; says in Chinese why."""


@dataclass
class Supervised:
    """A command that is started again whenever it dies, after a pause that doubles."""

    name: str
    start: Callable[[], Child]
    child: Child | None = None
    deaths: int = 0
    _pause: float = FIRST_PAUSE_SECONDS
    _since: float = field(default=0.0)

    def look(self, now: float) -> None:
        """Start, or notice a death and start again once the pause is over (`now`: monotonic)."""
        if self.child is not None:
            if self.child.is_running():
                return
            self.child = None
            self.deaths += 1
            if now - self._since > STEADY_AFTER_SECONDS:
                self._pause = FIRST_PAUSE_SECONDS
            logger.error("%s process died; starting again in %g s", self.name, self._pause)
            self._since = now + self._pause
            self._pause = min(self._pause * 2, LONGEST_PAUSE_SECONDS)
        if now >= self._since:
            self.child = self.start()
            self._since = now


class Launcher:
    """The portal on one machine. `run` returns when asked to stop by TERM, INT or HUP."""

    def __init__(
        self, host: str, port: int, *, threads: int, say: Callable[[str], None], stop_seconds: float
    ) -> None:
        """Take data folder and port; FolderInUseError or LaunchError if either is taken."""
        self.say = say
        self.stop_seconds = stop_seconds
        self._lock = FolderLock(settings.VAR_DIR / LOCK_NAME)
        # Listening here, not in the web process: a taken port shows at once, and while the web
        # process is started again browsers wait instead of being refused.
        try:
            self._listening = socket.create_server((host, port), backlog=512)
        except OSError as error:
            self._lock.release()
            raise LaunchError(
                _("无法监听 %(host)s:%(port)d（%(error)s）。请换一个端口，或停止占用它的程序。")
                % {"host": host, "port": port, "error": error.strerror}
            ) from error
        self.host, self.port = self._listening.getsockname()[:2]
        descriptors = [self._lock.fileno(), self._listening.fileno()]
        web = web_command(self._listening.fileno(), threads=threads)
        worker = worker_command(beat=True, concurrency=2)
        self._supervised = [
            Supervised("web", lambda: Child(web, hand_on=descriptors)),
            Supervised("worker", lambda: Child(worker, hand_on=descriptors[:1])),
        ]
        self._stopping = False

    def run(self) -> None:
        """Start everything, say where it is, watch; on a signal stop all, within the time given."""
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            if signal.getsignal(number) is not signal.SIG_IGN:  # as under nohup
                signal.signal(number, self._on_signal)
        try:
            self._watch()
        finally:
            self._stop()

    def _watch(self) -> None:
        ready = False
        while not self._stopping:
            for supervised in self._supervised:
                supervised.look(time.monotonic())
                if not ready and supervised.deaths >= DEATHS_BEFORE_READY:
                    raise LaunchError(
                        _("%(name)s 进程启动 %(count)d 次都失败，请查看上面的错误信息。")
                        % {"name": supervised.name, "count": supervised.deaths}
                    )
            if not ready and self._answers():
                ready = True
                self.say(
                    _("门户已就绪：http://%(host)s:%(port)d/ （按 Ctrl-C 停止）")
                    % {"host": self.host, "port": self.port}
                )
            time.sleep(LOOK_EVERY_SECONDS)

    def _answers(self) -> bool:
        """Whether the web process speaks. What it says is for monitors: a host name it does not
        know or a database away for a moment is no reason to keep its address secret.
        """
        target = "127.0.0.1" if self.host == "0.0.0.0" else self.host  # noqa: S104  compared only
        web = http.client.HTTPConnection(target, self.port, timeout=0.5)
        try:
            web.request("GET", reverse("healthz"))
            web.getresponse()
        except (OSError, http.client.HTTPException):
            return False
        finally:
            web.close()
        return True

    def _stop(self) -> None:
        self.say(_("正在停止……"))
        self._listening.close()
        children = [each.child for each in self._supervised if each.child is not None]
        if not stop(children, seconds=self.stop_seconds):
            self.say(_("有进程未能按时结束，已强制停止；未完成的任务下次启动后继续。"))
        self._lock.release()

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        self._stopping = True
