"""Rebuilds the fact rows from the records, a slice of units at a time."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from reports import facts
from sessions.models import StudySession
from units.models import Unit


class Command(BaseCommand):
    """`manage.py rebuild_facts [--year 2026] [--unit CODE]`; harmless at any time."""

    help = "按学习记录重建单位月度数据和人员年度数据（随时可运行，重复运行无害）。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--year", type=int, help="只重建这一年；默认有学习记录的各年")
        parser.add_argument("--unit", metavar="CODE", help="只重建该单位及其下级")

    def handle(self, *args: Any, **options: Any) -> None:
        units = Unit.objects.all()
        if code := options["unit"]:
            root = units.filter(code=code).first()
            if root is None:
                raise CommandError(f"没有编码为“{code}”的单位，请核对后重试。")
            units = units.below(root)
        total = units.count()
        for year in [options["year"]] if options["year"] else _years():
            for done in facts.rebuild(units, year):
                self.stdout.write(f"{year} 年：已重建 {done}/{total} 个单位")
        self.stdout.write("重建完成。")


def _years() -> list[int]:
    today = timezone.localdate()
    years = {day.year for day in StudySession.objects.dates("date", "year")}
    return sorted(years | {today.year})
