from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from sessions.evidence.services import Stored
from sessions.ledgers.importing import LedgerReport, import_ledger
from sessions.ledgers.source import Source, kept_workbook
from units.imports.report import ImportReport, ImportRun
from units.management.import_command import UNREADABLE, ImportCommand, Workbook, a_day, unit_of
from units.spreadsheets.gate import RefusedError
from units.spreadsheets.refusals import sentence


class Command(ImportCommand):
    help = (
        "导入一个单位的学习台账。列的先后不限，列名可以是常见的各种叫法（学习时间/日期、学习主题/议题、\n"
        "学习形式/学习方式、应到、实到、缺席人员及原因、重点发言人、主持人……）；\n"
        "应到成员以名册为准，姓名必须在名册中。空白模板：manage.py import_template ledger"
    )
    noun = "次学习"

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--unit", metavar="CODE", required=True, help="台账是哪个单位的（单位编码）"
        )
        parser.add_argument(
            "--year", type=int, metavar="2026", help="日期没有年份、表中也没写明时，是哪一年"
        )
        parser.add_argument(
            "--with-roster",
            action="store_true",
            help="同一工作簿里的名册工作表（成员名单、名册、成员）一并导入",
        )
        parser.add_argument(
            "--roster-from",
            type=a_day,
            metavar="2026-01-01",
            help="名册没有填任职起的，从这一天算起",
        )
        parser.add_argument(
            "--roster-until",
            type=a_day,
            metavar="2027-01-01",
            help="往年的名册没有填任职止的，到这一天为止（当天不再应到）",
        )
        parser.add_argument(
            "--on",
            type=a_day,
            metavar="2026-03-05",
            help="报送日期（默认：今天）；补录往年、要让当年的考核算上的，填当年的日期",
        )

    def take(self, workbook: Workbook, run: ImportRun, options: dict[str, Any]) -> ImportReport:
        unit = unit_of(options["unit"])
        with ExitStack() as stack:
            source = None
            if not run.dry_run:
                source = Source(stack.enter_context(_kept(workbook, run)))
            return import_ledger(
                sheets=workbook.sheets,
                unit=unit,
                run=run,
                year=options["year"],
                with_roster=options["with_roster"],
                roster_from=options["roster_from"],
                roster_until=options["roster_until"],
                source=source,
            )

    def tell_more(self, report: ImportReport) -> None:
        if not isinstance(report, LedgerReport) or report.roster is None:
            return
        if not report.roster.headers:
            self.stdout.write(_("工作簿里没有名册工作表，按系统中的名册核对。"))
        else:
            self.stdout.write(
                _("名册：读取 %(read)s 段任期，新增 %(created)s，已存在 %(unchanged)s。")
                % {
                    "read": report.roster.read,
                    "created": report.roster.created,
                    "unchanged": report.roster.unchanged,
                }
            )


@contextmanager
def _kept(workbook: Workbook, run: ImportRun) -> Iterator[Stored]:
    """The workbook on file. Raises CommandError (exit code 2) if it may not be kept."""
    try:
        keeping = kept_workbook(name=workbook.name, data=workbook.data, at=run.happened)
        with keeping as stored:
            yield stored
    except RefusedError as refused:
        message = _("原台账不能存档，没有导入：%s") % sentence(refused)
        raise CommandError(message, returncode=UNREADABLE) from refused
