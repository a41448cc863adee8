from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from reports import planner
from reports.emails.names import names_on
from reports.periods import Month
from reports.wake import wake
from reports.working_days import recorded_calendar
from units.models import Unit

UNREADABLE = 2


class Command(BaseCommand):
    """Queues a month's mails, as the planner would. Exit 0 done, 1 refused, 2 month unreadable."""

    help = "生成某月的月度提示邮件并排队发送；重复执行不会重复排队。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--month", required=True, help="统计月份，如 2026-06")
        parser.add_argument("--dry-run", action="store_true", help="只显示将要发送的数量，不排队")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            month = Month.parse(options["month"])
        except ValueError as error:
            raise CommandError(str(error), returncode=UNREADABLE) from error
        roots = planner.roots()
        if not roots:
            raise CommandError("还没有单位：请先用 import_units 导入单位。")
        for root in roots:
            self._one(root, month, dry_run=options["dry_run"])
        if not options["dry_run"]:
            wake("send_due")

    def _one(self, root: Unit, month: Month, *, dry_run: bool) -> None:
        now = timezone.now()
        try:
            if dry_run:
                planned = planner.preview_month(root, month, now=now)
            else:
                planned = planner.plan_month(root, month, now=now, calendar=recorded_calendar())
        except planner.NotDueError as error:
            raise CommandError(str(error)) from error
        verb = "将新排队" if dry_run else "新排队"
        self.stdout.write(
            f"{month.label}月度邮件（{root.code}）：{verb} {planned.queued} 封，"
            f"此前已排队 {planned.already} 封。"
        )
        if planned.without_address:
            names = names_on([unit.id for unit in planned.without_address], month.last)
            called = "、".join(name.short_name for name in names.values())
            self.stdout.write(
                f"没有可用邮箱、不能发送的单位 {len(planned.without_address)} 个：{called}。"
                "请补充邮箱后再次执行本命令。"
            )
