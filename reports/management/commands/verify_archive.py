from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reports.archives.verifying import Fault, UnreadableError, Verdict, verify

DIFFERENT, UNREADABLE = 1, 2
WORDS = {
    Fault.FLIPPED: "内容有变",
    Fault.MISSING: "缺少文件",
    Fault.EXTRA: "多出文件",
}


class Command(BaseCommand):
    """Whether a downloaded archive is whole. Exit 0 whole, 1 faults named, 2 unreadable.

    Needs no database: it may run on any machine that has the program.
    """

    help = "核对下载的学习档案（ZIP）：逐个文件比对校验值，指出被改、缺少和多出的文件。"
    requires_system_checks: list[str] = []  # noqa: RUF012  as the base class declares it

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="学习档案文件，如 白水镇学习档案-2026.zip")
        parser.add_argument("--checksum", default="", help="平台上显示的档案校验值；给出时一并比对")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            verdict = verify(path)
        except UnreadableError as error:
            raise CommandError(
                f"不能读取“{path}”：不是平台的学习档案，或文件不完整（可能没有下载完）。{error}",
                returncode=UNREADABLE,
            ) from error
        wanted: str = options["checksum"].strip().lower()
        for fault, name in verdict.faults:
            self.stdout.write(f"{WORDS[fault]}：{name}")
        self._tell(verdict)
        if wanted and wanted != verdict.checksum:
            raise CommandError(
                "档案校验值与给出的不同：这不是平台当时发出的那一份。", returncode=DIFFERENT
            )
        if not verdict.is_whole:
            raise CommandError(
                f"档案不完好：发现 {len(verdict.faults)} 处问题。", returncode=DIFFERENT
            )
        self.stdout.write(self.style.SUCCESS("档案完好。"))

    def _tell(self, verdict: Verdict) -> None:
        head = verdict.head
        about = head.get("title", "")
        if about:
            self.stdout.write(f"档案：{about}，生成时间：{head.get('made_at', '')}")
        self.stdout.write(f"共 {verdict.files} 个文件，{verdict.size} 字节。")
        self.stdout.write(f"档案校验值：{verdict.checksum or '（无法读出）'}")
        left_out = head.get("not_in_archive") or []
        if left_out:
            self.stdout.write(f"生成时未装入 {len(left_out)} 份材料，见档案目录“未装入”。")
