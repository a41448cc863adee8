from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from reports import clock_guard


class Command(BaseCommand):
    help = (
        "服务器时钟向前跳变超过一天时，系统暂停安排邮件。"
        "请先核对系统时间（date 命令），确认无误后执行本命令，恢复安排邮件。"
    )

    def handle(self, *args: Any, **options: Any) -> None:
        if clock_guard.accept():
            self.stdout.write(_("已确认当前时钟，邮件安排将在几分钟内恢复。"))
        else:
            self.stdout.write(_("没有待确认的时钟记录。"))
