import datetime as dt
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from reports.closing import closing_at
from reports.evaluation import evaluate_and_save
from reports.planner import roots
from reports.rollup import write_stored
from reports.workbook.atomic import DiskFullError
from reports.workbook.sheets import SHEET_NAMES
from units.models import Unit

UNREADABLE = 2
BAR = 30


class Command(BaseCommand):
    """Writes the rollup workbook of a county at a date, from the snapshot of a closed month.

    Exit 0 written, 1 not written (no such unit, nothing to print, no room), 2 date or file name
    not readable.
    """

    help = "生成集中学习情况汇总表（.xlsx）。已封账的月份按封账数据生成，其余按统计截至日重新计算。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--as-of", required=True, help="统计截至日，如 2026-06-30")
        parser.add_argument("--out", required=True, help="写入的文件，如 汇总.xlsx")
        parser.add_argument("--unit-root", metavar="编码", help="只汇总该单位及其下级")

    def handle(self, *args: Any, **options: Any) -> None:
        as_of, path = self._date(options["as_of"]), self._path(options["out"])
        root = self._root(options["unit_root"])
        now = timezone.now()
        watched = sys.stderr.isatty()
        closing = closing_at(root, as_of)
        if closing is None:
            evaluate_and_save(root=root, as_of=as_of, at=now)
        try:
            write_stored(
                root=root,
                as_of=as_of,
                closing=closing,
                path=path,
                printed_at=now,
                progress=self._bar if watched else None,
            )
        except (DiskFullError, ValueError) as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(
                f"无法写入“{path}”：{error.strerror}。请换一个位置后重试。"
            ) from error
        finally:
            if watched:
                self._show("")
        source = "封账数据" if closing else "实时数据"
        self.stdout.write(f"已写入 {path}（{source}，统计截至 {as_of.isoformat()}）。")

    def _date(self, text: str) -> dt.date:
        try:
            return dt.date.fromisoformat(text)
        except ValueError as error:
            raise CommandError(
                f"统计截至日“{text}”无法识别，请写成 2026-06-30 这样的形式。",
                returncode=UNREADABLE,
            ) from error

    def _path(self, text: str) -> Path:
        path = Path(text)
        if path.suffix.lower() != ".xlsx" or path.is_dir():
            raise CommandError(
                f"“{text}”不是 .xlsx 文件名，请写成 汇总.xlsx 这样的形式。", returncode=UNREADABLE
            )
        if not path.parent.is_dir():
            raise CommandError(f"目录“{path.parent}”不存在，请先建立或换一个目录。")
        return path

    def _root(self, code: str | None) -> Unit:
        if code is not None:
            root = Unit.objects.filter(code=code).first()
            if root is None:
                raise CommandError(f"没有编码为“{code}”的单位，请核对 --unit-root。")
            return root
        found = roots()
        if not found:
            raise CommandError("还没有单位：请先用 import_units 导入单位。")
        if len(found) > 1:
            codes = "、".join(unit.code for unit in found)
            raise CommandError(f"有多个汇总范围（{codes}），请用 --unit-root 指定一个。")
        return found[0]

    def _bar(self, sheet: str, rows: int) -> None:
        filled = BAR * SHEET_NAMES.index(sheet) // len(SHEET_NAMES)
        bar = f"[{'#' * filled}{'.' * (BAR - filled)}]"
        self._show(f"{bar} 写入“{sheet}” {rows} 行")

    def _show(self, text: str) -> None:
        """One line of the terminal, written over and over, in no error's colour."""
        self.stderr.write(f"\r\033[K{text}", style_func=str, ending="")
