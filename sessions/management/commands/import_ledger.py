from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from sessions.ledgers.importing import LedgerReport, import_ledger
from units.imports.report import ImportReport, ImportRun
from units.management.import_command import ImportCommand, a_day, unit_of
from units.spreadsheets.reader import Sheet


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
        parser.add_argument("--on", type=a_day, metavar="2026-03-05", help="报送日期（默认：今天）")

    def take(
        self, sheets: tuple[Sheet, ...], run: ImportRun, options: dict[str, Any]
    ) -> ImportReport:
        return import_ledger(
            sheets=sheets,
            unit=unit_of(options["unit"]),
            run=run,
            year=options["year"],
            with_roster=options["with_roster"],
            roster_from=options["roster_from"],
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
