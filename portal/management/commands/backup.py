"""Takes a backup now."""

from typing import Any

from portal.management.backup_command import BackupCommand


class Command(BackupCommand):
    """Exit code 1 if there is no backup, or none in the second place that was asked for."""

    help = "立即备份：数据库、上传文件和审计留底，写入 BACKUP_DIR，并复制到 BACKUP_SECOND_DIR。"

    def handle(self, *args: Any, **options: Any) -> None:
        self.back_up(trial=False)
