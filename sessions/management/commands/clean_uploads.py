"""Removes what uploads that broke off have left on the disk."""

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from sessions.evidence.cleaning import clean, left_behind


class Command(BaseCommand):
    help = (
        "清理中断的上传留下的临时文件和没有登记的材料文件。后台每小时自动清理一次，也可随时运行。"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--minutes", type=int, default=60, help="多少分钟没有动过才清理（默认 60）"
        )
        parser.add_argument("--dry-run", action="store_true", help="只列出，不删除")

    def handle(self, *args: Any, **options: Any) -> None:
        before = timezone.now() - timedelta(minutes=options["minutes"])
        if options["dry_run"]:
            paths = list(left_behind(before))
            for path in paths:
                self.stdout.write(str(path))
            files, size = len(paths), sum(path.stat().st_size for path in paths)
        else:
            cleaned = clean(before=before)
            files, size = cleaned.files, cleaned.size
        word = "可清理" if options["dry_run"] else "已清理"
        self.stdout.write(f"{word} {files} 个文件，共 {size} 字节。")
