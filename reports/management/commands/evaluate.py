"""Prints what every unit had done and owed at the end of a day."""

import datetime as dt
import json
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from typing import Any
from unicodedata import east_asian_width

from django.core.management.base import BaseCommand, CommandError

from reports.evaluation import Evaluated, evaluate
from reports.rules.phrases import percent, summarise
from reports.rules.results import Json
from reports.rules.words import AT_RISK, MISSED, STANDING_LABELS
from reports.working_days import recorded_calendar
from units.management.progress import ProgressLine
from units.models import Unit, UnitName
from units.querysets import UnitQuerySet

NO_RULE_SET = "没有适用的已发布考核规则，未作考核；请发布考核规则后重新运行。"
HEADERS = ("单位", "编码", "状态", "学习", "研讨", "到会率", "参学率", "未达标", "预警")
WORDS = 3
"""So many columns are words, aligned to the left; the rest are numbers."""


class Command(BaseCommand):
    """`manage.py evaluate --as-of 2026-06-30 [--unit CODE] [--json]`.

    Exit code 0 where something was evaluated, 1 with a sentence where nothing could be, 2 for
    arguments that cannot be read.
    """

    help = "计算并打印各单位截至某日的学习情况和各项要求的完成情况。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--as-of", required=True, metavar="DATE", help="截至日期，含当日")
        parser.add_argument("--unit", metavar="CODE", help="只计算该单位；上级单位则含全部下级")
        parser.add_argument("--json", action="store_true", help="输出 JSON，供程序读取")

    def handle(self, *args: Any, **options: Any) -> None:
        as_of = _date(options["as_of"])
        units = _units(options["unit"])
        calendar = recorded_calendar()
        warning = calendar.warning([as_of.year])
        evaluated, total = [], units.count()
        with ProgressLine(self.stderr) as progress:
            for done, unit in enumerate(evaluate(units, as_of, calendar=calendar), start=1):
                evaluated.append(unit)
                progress.step("计算", done, total)
        if not evaluated:
            raise CommandError(_nothing(options["unit"], as_of))
        names = _names(as_of)
        if options["json"]:
            self._print_json(evaluated, as_of, warning)
            return
        if warning:
            self.stderr.write(self.style.WARNING(f"注意：{warning}"))
        self.stdout.write(f"截至 {as_of:%Y-%m-%d}，共 {len(evaluated)} 个单位")
        rows = [_row(unit, names.get(unit.unit_id) or unit.code) for unit in evaluated]
        for line in _table([HEADERS, *rows]):
            self.stdout.write(line)
        if len(evaluated) == 1:
            self._print_results(evaluated[0])
        without = sum(unit.rule_set is None for unit in evaluated)
        if without and len(evaluated) > 1:
            self.stdout.write(f"其中 {without} 个单位{NO_RULE_SET}")

    def _print_results(self, unit: Evaluated) -> None:
        if unit.rule_set is None:
            self.stdout.write(NO_RULE_SET)
            return
        self.stdout.write(f"考核规则：{unit.rule_set.title} 第 {unit.rule_set.version} 版")
        for result in unit.evaluation.results:
            line = summarise(result, unit.context, unit.facts.topics)
            self.stdout.write(f"  {result.period:<8} {line}")

    def _print_json(self, evaluated: Sequence[Evaluated], as_of: dt.date, warning: str) -> None:
        said = {
            "as_of": as_of.isoformat(),
            "warning": warning,
            "units": [_json(unit) for unit in evaluated],
        }
        self.stdout.write(json.dumps(said, ensure_ascii=False, indent=1))


def _date(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise CommandError(
            f"日期“{text}”无法识别，请写成“2026-06-30”这样的形式。", returncode=2
        ) from error


def _units(code: str | None) -> UnitQuerySet:
    units = Unit.objects.all()
    if code is None:
        return units
    root = units.filter(code=code).first()
    if root is None:
        raise CommandError(f"没有编码为“{code}”的单位，请核对后重试。", returncode=2)
    return units.filter(pk=root.pk) if root.has_group else units.below(root)


def _names(day: dt.date) -> dict[int, str]:
    """What units are called on the day, by id."""
    known = UnitName.objects.filter(valid_from__lte=day).order_by("valid_from")
    return dict(known.values_list("unit_id", "short_name"))


def _nothing(code: str | None, as_of: dt.date) -> str:
    where = f"“{code}”" if code else "系统中"
    return f"{where}没有 {as_of.year} 年应开展学习的单位（未设中心组、尚未成立或已撤销）。"


def _row(unit: Evaluated, name: str) -> tuple[str, ...]:
    figures = unit.evaluation.figures
    outcomes = [result.outcome for result in unit.evaluation.results]
    return (
        name,
        unit.code,
        STANDING_LABELS[unit.evaluation.standing],
        str(figures.sessions),
        str(figures.discussions),
        percent(figures.present, figures.base),
        percent(figures.present + figures.made_up, figures.base),
        str(outcomes.count(MISSED)),
        str(outcomes.count(AT_RISK)),
    )


def _json(unit: Evaluated) -> Json:
    rule_set = unit.rule_set
    return {
        "unit": unit.code,
        "rule_set": rule_set and {"title": rule_set.title, "version": rule_set.version},
        "explanation": "" if rule_set else NO_RULE_SET,
        **unit.evaluation.to_json(),
    }


def _table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Lines whose columns stand straight where a Chinese character is two places wide."""
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = []
        for position, (text, width) in enumerate(zip(row, widths, strict=True)):
            gap = " " * (width - _width(text))
            cells.append(text + gap if position < WORDS else gap + text)
        yield "  ".join(cells).rstrip()


def _width(text: str) -> int:
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)
