"""Ledgers to import in tests: a unit of five, and rows about it."""

from sessions.ledgers.importing import LedgerReport, import_ledger
from tests.units.imports.factories import make_entry, make_run, make_unit
from tests.units.spreadsheets.workbooks import make_workbook
from units.models import Unit
from units.spreadsheets.reader import read_workbook

MEMBERS = ("李甲", "王乙", "陈丙", "赵丁", "孙戊")
HEADER = [
    "学习时间",
    "学习主题",
    "学习形式",
    "主持人",
    "应到",
    "实到",
    "缺席人员及原因",
    "重点发言人",
]
TITLE = "青石县示例镇2026年学习台账"


def make_group(code="QS001") -> Unit:
    """A unit with five members since March 2024, the first one its leader."""
    unit = make_unit(code, f"{code}镇")
    for position, name in enumerate(MEMBERS):
        make_entry(unit, name, role="member" if position else "leader", post=f"职务{position}")
    return unit


def make_row(**changes) -> list[object]:
    """A good row; changes by column title."""
    row: dict[str, object] = {
        "学习时间": "2026年3月5日",
        "学习主题": "学习宪法",
        "学习形式": "集体学习研讨",
        "主持人": "李甲",
        "应到": 5,
        "实到": 4,
        "缺席人员及原因": "王乙（病假）",
        "重点发言人": "陈丙、赵丁",
    }
    return list((row | changes).values())


def take(unit: Unit, *rows, header=None, title=TITLE, run=None, **kwargs) -> LedgerReport:
    """Import a sheet with the title, the header (from row 2) and the rows (from row 3)."""
    data = make_workbook([[title], header or HEADER, *rows])
    return import_ledger(sheets=read_workbook(data), unit=unit, run=run or make_run(), **kwargs)


def take_one(unit: Unit, **changes) -> LedgerReport:
    """Import one row that differs from the good one; new titles become new columns."""
    header = [*HEADER, *(title for title in changes if title not in HEADER)]
    return take(unit, make_row(**changes), header=header)


def said(report: LedgerReport) -> list[str]:
    return [problem.message for problem in report.problems]
