"""The night's backup; for a system timer, or by hand."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from portal.backups.data import data_of_settings, places_of_settings
from portal.backups.faults import BackupError
from portal.backups.nightly import back_up


class Command(BaseCommand):
    """Exit code 1 if anything of it failed."""

    help = "每夜备份：备份、复制到第二处、试恢复，通过后清理超出保留份数的旧备份。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--if-due",
            action="store_true",
            help="只在 BACKUP_HOURS 规定的时刻之后还没有成功备份时执行（供定时器每小时调用）",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            night = back_up(
                data=data_of_settings(),
                places=places_of_settings(),
                now=timezone.now(),
                if_due=options["if_due"],
            )
        except BackupError as error:
            raise CommandError(str(error)) from error
        for sentence in night.done:
            self.stdout.write(sentence)
        for sentence in night.warnings:
            self.stderr.write(f"注意：{sentence}")
        if night.faults:
            raise CommandError("\n".join(night.faults))
