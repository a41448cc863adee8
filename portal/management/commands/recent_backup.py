"""A backup between two nights, by hand; the scheduler makes one every few minutes."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.template.defaultfilters import filesizeformat
from django.utils import timezone

from portal.backups.copying import same_disk
from portal.backups.data import data_of_settings, places_of_settings
from portal.backups.faults import BackupError
from portal.backups.recent import back_up_recent, recent_folder


class Command(BaseCommand):
    """Exit code 1 if it failed."""

    help = "随时备份：把数据库和新来的文件存到第二处（没有第二处时存在第一处），只留最近几份。"
    requires_migrations_checks = False

    def handle(self, *args: Any, **options: Any) -> None:
        data, places = data_of_settings(), places_of_settings()
        try:
            taken = back_up_recent(data=data, places=places, now=timezone.now())
        except BackupError as error:
            raise CommandError(str(error)) from error
        size = filesizeformat(taken.manifest.size)
        self.stdout.write(f"随时备份 {taken.stored.path} 完成：{size}。")
        if same_disk(recent_folder(places), data.media.parent):
            self.stderr.write("注意：备份与数据在同一块磁盘上，磁盘损坏时会一起丢失。")
