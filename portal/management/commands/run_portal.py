"""Start the whole portal on this machine: pages, worker and scheduler."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from portal.embedded.launcher import Launcher, LaunchError
from portal.embedded.lock import FolderInUseError


class Command(BaseCommand):
    help = "启动门户：网页服务、后台任务与定时器，按 Ctrl-C 一并停止。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="监听地址（默认 127.0.0.1）")
        parser.add_argument("--port", type=int, default=8000, help="端口（默认 8000，0 为任选）")
        parser.add_argument("--threads", type=int, default=8, help="网页服务线程数（默认 8）")
        parser.add_argument(
            "--stop-seconds", type=float, default=20, help="停止时最多等待的秒数（默认 20）"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            Launcher(
                options["host"],
                options["port"],
                threads=options["threads"],
                say=self._say,
                stop_seconds=options["stop_seconds"],
            ).run()
        except (FolderInUseError, LaunchError) as error:
            raise CommandError(_("门户未启动：%(reason)s") % {"reason": error}) from error

    def _say(self, sentence: str) -> None:
        self.stdout.write(sentence)
        self.stdout.flush()
