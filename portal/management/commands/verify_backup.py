"""Looks whether a backup can be relied on."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.template.defaultfilters import filesizeformat
from django.utils import timezone

from portal.backups.data import backup_folders, data_of_settings, places_of_settings
from portal.backups.faults import BackupError
from portal.backups.manifest import require_sound
from portal.backups.shelf import LATEST, Shelf, Stored, find_backup
from portal.backups.trial import recorded_trial


class Command(BaseCommand):
    """Exit code 1, and the names of the files, if it cannot."""

    help = "核对一份备份：逐个文件比对校验值；加 --trial 则再试恢复到临时库，清点并试登录。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "backup", nargs="?", default=LATEST, help="备份名称或目录（默认最近一份）"
        )
        parser.add_argument("--trial", action="store_true", help="试恢复到用后即删的临时库")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            stored = find_backup(options["backup"], backup_folders(), now=timezone.now())
            if options["trial"]:
                self._try(stored)
            else:
                manifest = require_sound(stored.path)
                self.stdout.write(
                    f"备份 {stored.name} 校验一致：{len(manifest.files)} 个文件，"
                    f"{filesizeformat(manifest.size)}。"
                )
        except BackupError as error:
            raise CommandError(str(error)) from error

    def _try(self, stored: Stored) -> None:
        shelf = Shelf(places_of_settings().first)
        with shelf.alone():
            proof = recorded_trial(
                stored=stored,
                shelf=shelf,
                database=data_of_settings().database,
                now=timezone.now(),
            )
        self.stdout.write(f"备份 {stored.name} 试恢复通过。")
        for sentence in proof.sentences():
            self.stdout.write(sentence)
