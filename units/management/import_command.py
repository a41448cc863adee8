"""What the import commands have in common: reading the file, telling the result, exit codes."""

import argparse
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, NamedTuple

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext as _

from units.imports.report import WRITTEN_MEANWHILE, ImportReport, ImportRun
from units.management.progress import ProgressLine
from units.models import Unit
from units.spreadsheets.gate import RefusedError
from units.spreadsheets.reader import Sheet, load, read_workbook
from units.spreadsheets.refusals import sentence

ROWS_REFUSED = 1
UNREADABLE = 2


class Workbook(NamedTuple):
    """FILE as it was read: its name, its bytes and its sheets."""

    name: str
    data: bytes
    sheets: tuple[Sheet, ...]


class ImportCommand(BaseCommand):
    """Reads FILE, hands it to ``take``, and reports.

    Exit codes: 0 every row is in (or was there already), 1 rows were refused, 2 the file cannot
    be read or an argument is wrong.
    """

    # What one row is, for the closing line.
    noun = "行"

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        kwargs.setdefault("formatter_class", argparse.RawDescriptionHelpFormatter)
        kwargs.setdefault(
            "epilog",
            "退出码：0 全部导入；1 有行被退回（没有写入任何内容）；2 文件无法读取或参数有误。",
        )
        return super().create_parser(prog_name, subcommand, **kwargs)

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE.xlsx", help="要导入的工作簿（.xlsx）")
        parser.add_argument(
            "--dry-run", action="store_true", help="只检查，不写入；问题一次全部列出"
        )
        parser.add_argument(
            "--only-good-rows",
            action="store_true",
            help="有问题的行退回，其余照常导入（默认：有一行不对就全部不写入）",
        )
        parser.add_argument(
            "--report",
            type=Path,
            metavar="FILE",
            help="有问题时，标注了“导入结果”的工作簿写到这里（默认写在原文件旁边）",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        with ProgressLine(self.stderr) as line:
            line.say(_("正在读取工作簿……"))
            workbook = self._read(options["file"])
            line.say(_("正在核对……"))
            run = ImportRun(
                at=self._moment(options.get("on")),
                made_at=timezone.now(),
                dry_run=options["dry_run"],
                only_good_rows=options["only_good_rows"],
                watch=line.step,
            )
            report = self._take(workbook, run, options)
        self._tell(report, run)
        if report.problems:
            target = options["report"] or options["file"].with_name(
                f"{options['file'].stem}-导入结果.xlsx"
            )
            self._write_annotated(report, workbook.data, target)
            raise CommandError(self._refusal(report), returncode=ROWS_REFUSED)

    def take(self, workbook: Workbook, run: ImportRun, options: dict[str, Any]) -> ImportReport:
        """The import itself."""
        raise NotImplementedError

    def _take(self, workbook: Workbook, run: ImportRun, options: dict[str, Any]) -> ImportReport:
        try:
            return self.take(workbook, run, options)
        except IntegrityError as error:
            raise CommandError(str(WRITTEN_MEANWHILE), returncode=ROWS_REFUSED) from error

    def tell_more(self, report: ImportReport) -> None:
        """Lines of a kind of import's own, before the closing line."""

    def _read(self, path: Path) -> Workbook:
        try:
            data = load(path)
            return Workbook(path.name, data, read_workbook(data))
        except OSError as error:
            message = _("打不开文件 %(path)s：%(reason)s") % {
                "path": path,
                "reason": error.strerror,
            }
            raise CommandError(message, returncode=UNREADABLE) from error
        except RefusedError as error:
            message = _("无法导入 %(path)s：%(reason)s") % {"path": path, "reason": sentence(error)}
            raise CommandError(message, returncode=UNREADABLE) from error

    def _moment(self, on: date | None) -> datetime:
        if on is None:
            return timezone.now()
        return timezone.make_aware(datetime.combine(on, time(12)))

    def _tell(self, report: ImportReport, run: ImportRun) -> None:
        for group in report.groups():
            self.stderr.write(str(group))
        if report.ignored_sheets:
            self.stdout.write(_("未读取的工作表：%s") % "、".join(report.ignored_sheets))
        self.tell_more(report)
        for warning in report.warnings:
            self.stdout.write(_("应到成员有变，请重新核对出勤：%s") % warning)
        counts = _("读取 %(read)s %(noun)s：新增 %(created)s，已存在 %(unchanged)s。") % {
            "read": report.read,
            "noun": self.noun,
            "created": report.created,
            "unchanged": report.unchanged,
        }
        if run.dry_run:
            counts += _("这是试导入，没有写入。")
        if not report.problems or report.written:
            self.stdout.write(counts)

    def _refusal(self, report: ImportReport) -> str:
        groups, places = len(report.groups()), len(report.problems)
        message = _("共 %(groups)s 类问题，涉及 %(places)s 处。") % {
            "groups": groups,
            "places": places,
        }
        return message + (
            _("有问题的行没有写入。")
            if report.written
            else _("没有写入任何内容，请改正后重新导入。")
        )

    def _write_annotated(self, report: ImportReport, data: bytes, target: Path) -> None:
        try:
            target.write_bytes(report.annotated(data))
        except OSError as error:
            self.stderr.write(
                _("写不了标注结果 %(path)s（%(reason)s），请用 --report 指定别处。")
                % {"path": target, "reason": error.strerror}
            )
        except RefusedError:
            self.stderr.write(_("文件过于复杂，没有生成标注结果；问题见上。"))
        else:
            self.stdout.write(_("标注了问题的工作簿：%s") % target)


def unit_of(code: str) -> Unit:
    """The unit with the code.

    Raises CommandError (exit code 2) if there is none.
    """
    unit = Unit.objects.filter(code=code).first()
    if unit is None:
        message = _("没有编码为 %(code)s 的单位，请先导入单位名单（import_units）。") % {
            "code": code
        }
        raise CommandError(message, returncode=UNREADABLE)
    return unit


def a_day(text: str) -> date:
    """An argument that is a date, 2026-03-05."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(
            _("“%(text)s”不是日期，请写成 2026-03-05") % {"text": text}
        ) from error
