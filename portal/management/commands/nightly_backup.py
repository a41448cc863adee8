"""The night's backup; for a system timer, or by hand."""

from typing import Any

from django.core.management.base import CommandParser

from portal.management.backup_command import BackupCommand


class Command(BackupCommand):
    """Exit code 1 if anything of it failed."""

    help = "每夜备份：备份、复制到第二处、试恢复，通过后清理超出保留份数的旧备份。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--if-due",
            action="store_true",
            help="只在 BACKUP_HOURS 规定的时刻之后还没有成功备份时执行（供定时器每小时调用）",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self.back_up(if_due=options["if_due"])
