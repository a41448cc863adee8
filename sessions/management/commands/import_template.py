"""The four templates in one command; it lives here because only this room knows them all."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from sessions.ledgers.template import ledger_template
from units.imports.accounts import account_template
from units.imports.roster_columns import roster_template
from units.imports.unit_columns import unit_template
from units.spreadsheets.templates import build

TEMPLATES = {
    "accounts": (account_template, "账号名单模板.xlsx"),
    "units": (unit_template, "单位名单模板.xlsx"),
    "roster": (roster_template, "成员名册模板.xlsx"),
    "ledger": (ledger_template, "学习台账模板.xlsx"),
}


class Command(BaseCommand):
    help = (
        "写出空白的导入模板（带下拉选项、示例行和填写说明）：\n"
        "units 单位名单，roster 名册，ledger 台账，accounts 账号名单。"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", choices=sorted(TEMPLATES), help="哪一种模板")
        parser.add_argument(
            "--out", type=Path, metavar="FILE", help="写到哪里（默认写在当前文件夹）"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        template, name = TEMPLATES[options["kind"]]
        target = options["out"] or Path(name)
        try:
            target.write_bytes(build(template()))
        except OSError as error:
            message = _("写不了 %(path)s：%(reason)s") % {"path": target, "reason": error.strerror}
            raise CommandError(message, returncode=2) from error
        self.stdout.write(_("模板已写到 %s") % target)
