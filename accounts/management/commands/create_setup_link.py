"""Print a link that works once: the only way in that no other account can open."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import User
from accounts.one_time_links import create_link


class Command(BaseCommand):
    help = (
        "生成一次性链接（24 小时内有效，只能用一次）。系统中尚无账号时用于设立首批管理员；"
        "加 --user 时用于该账号本人重新设置密码。"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--user", default="", help="用户名：让此人重新设置密码")

    def handle(self, *args: Any, **options: Any) -> None:
        user = self._account(options["user"])
        now = timezone.now()
        token = create_link(user=user, at=now)
        audit.record(
            action="account.link",
            at=now,
            object_type="accounts.user" if user else "",
            object_id=user.pk if user else "",
        )
        page = "own_password" if user else "first_administrators"
        self.stdout.write(settings.SITE_URL.rstrip("/") + reverse(page, args=[token]))

    def _account(self, username: str) -> User | None:
        if username:
            user = User.objects.filter(username__iexact=username, is_active=True).first()
            if user is None:
                raise CommandError(_("没有名为“%(name)s”的有效账号。") % {"name": username})
            return user
        if User.objects.exists():
            raise CommandError(_("系统中已有账号。要为某人重新设置密码，请用 --user 用户名。"))
        return None
