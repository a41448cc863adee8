"""Fills an empty database with a fictional county."""

import datetime as dt
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.sample.request import SampleRequest
from portal.sample.writer import NotEmptyError, load_sample_county

BAR = 30


class Command(BaseCommand):
    help = "装入虚构的示例县（青石县）：单位、名册、计划、学习记录。参数相同则数据相同。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--units", type=int, default=120, help="设中心组的单位数（默认 120）")
        parser.add_argument("--year", type=int, default=2026, help="年度（默认 2026）")
        parser.add_argument("--seed", type=int, default=1, help="随机种子（默认 1）")
        parser.add_argument(
            "--until", type=dt.date.fromisoformat, help="数据截止日期（默认当年 10 月 31 日）"
        )
        parser.add_argument(
            "--without-address", type=int, default=0, help="没有接收邮箱的单位数（默认 0）"
        )
        parser.add_argument(
            "--with-logins", metavar="密码", help="示例账号都用这个密码；不给则账号不能登录"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        request = self._request(options)
        try:
            logins = load_sample_county(
                request,
                password=options["with_logins"],
                progress=self._bar if sys.stderr.isatty() else None,
            )
        except NotEmptyError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"已装入示例县：{request.units} 个单位，数据截至 {request.until.isoformat()}。"
        )
        if options["with_logins"]:
            self.stdout.write(f"示例账号（密码均为 {options['with_logins']}）：")
            for line in logins.lines():
                self.stdout.write(f"  {line}")

    def _request(self, options: dict[str, Any]) -> SampleRequest:
        year, units, without = options["year"], options["units"], options["without_address"]
        until = options["until"] or dt.date(year, 10, 31)
        if units < 1:
            raise CommandError("--units 必须是正整数。")
        if not 0 <= without <= units:
            raise CommandError("--without-address 须在 0 与单位数之间。")
        if until.year != year:
            raise CommandError(f"--until 须在 {year} 年之内，例如 {year}-10-31。")
        return SampleRequest(
            units=units, year=year, seed=options["seed"], until=until, without_address=without
        )

    def _bar(self, done: int, total: int) -> None:
        filled = BAR * done // total
        self.stderr.write(
            f"\r装入单位 [{'#' * filled}{'.' * (BAR - filled)}] {done}/{total}",
            ending="\n" if done == total else "",
        )
