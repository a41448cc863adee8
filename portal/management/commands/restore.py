"""Puts a backup in the place of the data."""

from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, connection
from django.utils import timezone

from portal.backups.data import backup_folders, data_of_settings, places_of_settings
from portal.backups.faults import BackupError, StrandedError, UnfinishedError, told_of
from portal.backups.restoring import Restored, restore
from portal.backups.shelf import Shelf, find_backup, name_at
from portal.embedded.lock import WEB_LOCK_NAME, FolderInUseError, FolderLock
from portal.embedded.worker import LOCK_NAME
from portal.operation.heartbeats import heard_elsewhere

IN_PLACE, HALFWAY = 3, 4
"""Exit codes: restored, and somebody must look at it; stopped where no portal may be started.
deploy/rollback.sh goes by them: after the second it leaves the portal stopped.
"""


class Command(BaseCommand):
    """Exit code 1 if nothing was restored. 3 if the data are in place but want looking at: the
    audit trail is not whole, or the report was not kept. 4 if the portal must not be started: what
    follows a restore was not done, so that mails would go out again; or nothing was restored and
    the old data could not be put back.
    """

    help = "从备份恢复数据库、上传文件和审计留底。须先停止门户；原有数据只移开，不删除。"
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("backup", help="备份名称或目录；latest 为最近一份")
        parser.add_argument(
            "--replace", action="store_true", help="目标已有数据时也恢复，原有数据移到旁边保留"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        self._warn_of_others(now)
        try:
            with ExitStack() as locks:
                for name in (LOCK_NAME, WEB_LOCK_NAME):
                    locks.callback(FolderLock(Path(settings.VAR_DIR) / name).release)
                locks.enter_context(Shelf(places_of_settings().first).alone())
                restored = restore(
                    stored=find_backup(options["backup"], backup_folders(), now=now),
                    data=data_of_settings(),
                    replace=options["replace"],
                    now=now,
                )
        except (UnfinishedError, StrandedError) as error:
            raise CommandError(str(error), returncode=HALFWAY) from error
        except (BackupError, FolderInUseError) as error:
            raise CommandError(str(error)) from error
        self._report(restored, now)
        if not restored.is_whole:
            raise CommandError("数据已恢复，但审计日志校验不一致，见上。", returncode=IN_PLACE)

    def _warn_of_others(self, now: datetime) -> None:
        """Locks tell of processes on these data; of another machine's only its heartbeat does,
        and for a while after it was stopped. A file has no other machines, and looking would make
        one; a server's tables may be past reading.
        """
        if connection.vendor == "sqlite":
            return
        try:
            machines = heard_elsewhere(now)
        except DatabaseError:
            return
        finally:
            connection.close()
        if machines:
            self.stderr.write(
                f"注意：几分钟内另有后台进程报到（{'、'.join(machines)}）。"
                "如果是别的机器，那里的 worker 和 beat 也须先停止，否则会写进恢复后的数据。"
            )

    def _report(self, restored: Restored, now: datetime) -> None:
        for sentence in restored.said:
            self.stdout.write(sentence)
        folder = Path(settings.VAR_DIR) / "restores"
        report = folder / f"{name_at(now)}.txt"
        try:
            with told_of(folder):
                folder.mkdir(mode=0o700, exist_ok=True)
                report.write_text("\n".join(restored.said) + "\n", encoding="utf-8")
        except BackupError as error:
            raise CommandError(
                f"数据已恢复，但报告没有存成：{error}", returncode=IN_PLACE
            ) from error
        self.stdout.write(f"本报告已存为 {report}。")
