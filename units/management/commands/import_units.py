from typing import Any

from django.core.management.base import CommandParser

from units.imports.report import ImportReport, ImportRun
from units.imports.units import import_units
from units.management.import_command import ImportCommand, Workbook


class Command(ImportCommand):
    help = (
        "导入单位名单：单位编码、单位名称、单位类别、党组织形式（必填），上级单位、排序、接收邮箱等（选填）。\n"
        "空白模板：manage.py import_template units"
    )
    noun = "个单位"

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--create-categories",
            action="store_true",
            help="名单里有系统中没有的单位类别时，一并建立（默认作为问题退回）",
        )

    def take(self, workbook: Workbook, run: ImportRun, options: dict[str, Any]) -> ImportReport:
        return import_units(
            sheets=workbook.sheets, run=run, create_categories=options["create_categories"]
        )
