"""Takes a backup now."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from portal.backups.data import data_of_settings, places_of_settings
from portal.backups.faults import BackupError
from portal.backups.nightly import back_up


class Command(BaseCommand):
    """Exit code 1 if there is no backup, or none in the second place that was asked for."""

    help = "立即备份：数据库、上传文件和审计留底，写入 BACKUP_DIR，并复制到 BACKUP_SECOND_DIR。"

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            night = back_up(
                data=data_of_settings(),
                places=places_of_settings(),
                now=timezone.now(),
                trial=False,
            )
        except BackupError as error:
            raise CommandError(str(error)) from error
        for sentence in night.done:
            self.stdout.write(sentence)
        for sentence in night.warnings:
            self.stderr.write(f"注意：{sentence}")
        if night.faults:
            raise CommandError("\n".join(night.faults))
