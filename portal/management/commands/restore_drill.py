"""Loses a sample county and gets it back, and says how long that took."""

import argparse
import json
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.backups.data import database_of
from portal.backups.drill import ANSWER, DATA, Extent, drill
from portal.backups.drill_steps import STEPS
from portal.backups.faults import BackupError


class Command(BaseCommand):
    """Exit code 1 if a step failed, or if what came back is not what was there."""

    help = (
        "恢复演练：在临时目录（及临时库）里装入示例县、备份、删掉全部数据、恢复、登录，"
        "量出 RPO 与 RTO。不碰正式数据。"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--units", type=int, default=24, help="示例县的单位数（默认 24）")
        parser.add_argument("--files", type=int, default=100, help="上传文件数（默认 100）")
        parser.add_argument(
            "--commits", type=int, default=100, help="备份之后、丢失之前的提交数（默认 100）"
        )
        # Steps the drill runs in its own portal.
        parser.add_argument("--step", choices=STEPS, help=argparse.SUPPRESS)
        parser.add_argument("--number", type=int, default=0, help=argparse.SUPPRESS)
        parser.add_argument("--password", default="", help=argparse.SUPPRESS)

    def handle(self, *args: Any, **options: Any) -> None:
        if options["step"]:
            self._step(options)
            return
        extent = Extent(options["units"], options["files"], options["commits"])
        with tempfile.TemporaryDirectory(prefix="portal-drill-") as folder:
            try:
                figures = drill(
                    folder=Path(folder),
                    database=database_of(settings.DATABASES["default"]),
                    extent=extent,
                )
            except BackupError as error:
                raise CommandError(f"演练没有通过：{error}") from error
        for sentence in figures.sentences():
            self.stdout.write(sentence)
        if figures.unequal:
            raise CommandError("演练没有通过：恢复出的数据与备份时刻不一致。")

    def _step(self, options: dict[str, Any]) -> None:
        if not Path(settings.VAR_DIR).name.startswith(DATA):
            raise CommandError("--step 只由演练自己在临时数据上使用。")
        done = STEPS[options["step"]](options["number"], options["password"])
        self.stdout.write(ANSWER + json.dumps(done))
