import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.urls import reverse
from django.utils.translation import gettext as _

from units.imports.accounts import Invited, import_accounts
from units.imports.report import ImportReport, ImportRun
from units.management.import_command import UNREADABLE, ImportCommand, Workbook


class Command(ImportCommand):
    help = (
        "按名单新建账号：姓名、用户名（必填），单位、电子邮箱（选填）。不设密码，不授予角色：\n"
        "每人一个一次性链接（24 小时内有效）写入 --links 所指的文件，由本人设置密码；\n"
        "角色仍由宣传部管理员或安全管理员提出、另一人确认。\n"
        "空白模板：manage.py import_template accounts"
    )
    noun = "个账号"

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--links",
            type=Path,
            metavar="FILE.txt",
            required=True,
            help="链接写到这个新文件，只有运行本命令的用户可读；分发后请删除",
        )

    def take(self, workbook: Workbook, run: ImportRun, options: dict[str, Any]) -> ImportReport:
        links: Path = options["links"]
        try:  # before anything is written: nobody could learn the links afterwards
            descriptor = os.open(links, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except OSError as error:
            message = _("写不了 %(path)s：%(reason)s") % {"path": links, "reason": error.strerror}
            raise CommandError(message, returncode=UNREADABLE) from error
        invited: list[Invited] = []
        try:
            report, invited = import_accounts(sheets=workbook.sheets, run=run)
            with os.fdopen(os.dup(descriptor), "w", encoding="utf-8") as file:
                file.writelines(f"{_line(each)}\n" for each in invited)
        finally:
            os.close(descriptor)
            if not invited:
                links.unlink()
        if invited:
            words = _("%(count)s 个一次性链接已写入 %(path)s，请分发给本人后删除该文件。")
            self.stdout.write(words % {"count": len(invited), "path": links})
        return report


def _line(each: Invited) -> str:
    link = settings.SITE_URL.rstrip("/") + reverse("own_password", args=[each.token])
    return "\t".join((each.unit, each.user.full_name, each.user.username, link))
