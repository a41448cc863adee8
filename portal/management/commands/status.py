"""The operator's page in a terminal, for people and monitors."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from portal.operation.condition import Level, worst
from portal.operation.reading import read_condition


class Command(BaseCommand):
    """Exit code 1 if anything is bad."""

    help = "显示系统运行状况；有故障时退出码为 1，供监控程序调用。"
    requires_system_checks: list[str] = []  # noqa: RUF012  unsafe settings are a line of its own

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--strict", action="store_true", help="有“注意”项时退出码也为 1")

    def handle(self, *args: Any, **options: Any) -> None:
        sections = read_condition(timezone.now())
        for section in sections:
            self.stdout.write(f"== {section.title}")
            for line in section.lines:
                self.stdout.write(f"[{line.level.label}] {line.label}：{line.figure}")
                if line.advice:
                    self.stdout.write(f"       {line.advice}")
        if worst(sections) >= (Level.WATCH if options["strict"] else Level.BAD):
            raise SystemExit(1)
