"""Removes what uploads that broke off have left on the disk."""

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from sessions.evidence.cleaning import left_behind


class Command(BaseCommand):
    help = "清理中断的上传留下的临时文件和没有登记的材料文件。可每小时运行一次。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--minutes", type=int, default=60, help="多少分钟没有动过才清理（默认 60）"
        )
        parser.add_argument("--dry-run", action="store_true", help="只列出，不删除")

    def handle(self, *args: Any, **options: Any) -> None:
        before = timezone.now() - timedelta(minutes=options["minutes"])
        count = size = 0
        for path in left_behind(before):
            count, size = count + 1, size + path.stat().st_size
            if options["dry_run"]:
                self.stdout.write(str(path))
            else:
                path.unlink(missing_ok=True)
        word = "可清理" if options["dry_run"] else "已清理"
        self.stdout.write(f"{word} {count} 个文件，共 {size} 字节。")
