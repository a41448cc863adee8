from typing import Any

from django.core.management.base import CommandParser

from units.imports.report import ImportReport, ImportRun
from units.imports.roster import import_roster
from units.management.import_command import ImportCommand, Workbook, a_day, unit_of


class Command(ImportCommand):
    help = (
        "导入中心组成员名册：姓名（必填），单位、职务、中心组职务、任职起、任职止等。\n"
        "空白模板：manage.py import_template roster"
    )
    noun = "段任期"

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--unit", metavar="CODE", help="名册里没有“单位”列时，说明这是哪个单位（单位编码）"
        )
        parser.add_argument(
            "--roster-from",
            type=a_day,
            metavar="2026-01-01",
            help="没有填任职起的，从这一天算起（默认作为问题退回）",
        )

    def take(self, workbook: Workbook, run: ImportRun, options: dict[str, Any]) -> ImportReport:
        return import_roster(
            sheets=workbook.sheets,
            run=run,
            unit=unit_of(options["unit"]) if options["unit"] else None,
            default_start=options["roster_from"],
        )
