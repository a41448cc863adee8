"""Take away expired sessions and links and old records of attempts; for a system timer."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.cleaning import clean


class Command(BaseCommand):
    help = "清理过期的登录、会话、一次性链接和半年以前的登录尝试记录（后台任务每天自动清理一次）。"

    def handle(self, *args: Any, **options: Any) -> None:
        cleaned = clean(now=timezone.now())
        self.stdout.write(
            _(
                "已结束 %(ended)s 次超时的登录；已删除过期会话 %(sessions)s 个、"
                "过期一次性链接 %(links)s 个、登录尝试记录 %(attempts)s 条。"
            )
            % vars(cleaned)
        )
