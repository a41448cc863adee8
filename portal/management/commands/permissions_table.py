"""Write the permission table of the documentation, or check that it is up to date."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import override

from portal.access import POLICY
from portal.permissions_table import permissions_table


class Command(BaseCommand):
    help = "按访问策略写出权限表 docs/permissions.md；--check 只核对是否最新。"
    requires_system_checks: list[str] = []  # noqa: RUF012  as the base class declares it

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="只核对，不写入")
        parser.add_argument(
            "path", nargs="?", default=str(settings.BASE_DIR / "docs/permissions.md")
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(options["path"])
        with override("zh-hans"):
            table = permissions_table(POLICY)
        if not options["check"]:
            path.write_text(table, encoding="utf-8")
            return
        if not path.exists() or path.read_text(encoding="utf-8") != table:
            raise CommandError(_("%(path)s 不是最新，请运行 make docs。") % {"path": path.name})
