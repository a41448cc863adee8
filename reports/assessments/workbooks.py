"""The result table as a workbook, of one unit and of all, in official order."""

import datetime as dt
import tempfile
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

from reports.assessments.printed import Printed
from reports.workbook.spec import Cell, CellKind, ColumnSpec, SheetSpec
from reports.workbook.xlsx import write_workbook

# Points are centred numbers: the kind for decimals would show one place of their two.
TABLE = (
    ColumnSpec("考评项目", 14, CellKind.WRAPPED),
    ColumnSpec("考评内容", 32, CellKind.WRAPPED),
    ColumnSpec("分值", 8, CellKind.CENTRED),
    ColumnSpec("考评方式及评分标准", 36, CellKind.WRAPPED),
    ColumnSpec("自查评分", 10, CellKind.CENTRED),
    ColumnSpec("检查评分", 10, CellKind.CENTRED),
    ColumnSpec("扣分原因", 44, CellKind.WRAPPED),
)
SUMMARY = (
    ColumnSpec("序号", 6, CellKind.INTEGER),
    ColumnSpec("单位", 20),
    ColumnSpec("单位类别", 12, CellKind.CENTRED),
    ColumnSpec("自查评分", 10, CellKind.CENTRED),
    ColumnSpec("检查评分", 10, CellKind.CENTRED),
    ColumnSpec("应得分", 10, CellKind.CENTRED),
    ColumnSpec("得分率", 10, CellKind.PERCENT),
    ColumnSpec("等次", 10, CellKind.CENTRED),
    ColumnSpec("备注", 30, CellKind.WRAPPED),
)
PLACE = ColumnSpec("名次", 8, CellKind.INTEGER)


class UnitTable(NamedTuple):
    """One unit's table; `place` only where places are shown."""

    name: str
    category: str
    printed: Printed
    place: int | None = None


def unit_file(table: UnitTable, *, title: str, scope: str) -> bytes:
    """One unit's result table."""
    rows = [*_rows(table.printed), _total(table.printed)]
    return _file([SheetSpec("考评表", title, scope, TABLE, rows)])


def county_file(tables: Sequence[UnitTable], *, title: str, scope: str, with_places: bool) -> bytes:
    """A summary and the tables of all units, in the order given."""
    columns = (*SUMMARY[:-1], PLACE, SUMMARY[-1]) if with_places else SUMMARY
    sheets = [
        SheetSpec("汇总", title, scope, columns, _summary(tables, with_places=with_places)),
        SheetSpec(
            "各单位考评表", title, scope, (ColumnSpec("单位", 18, CellKind.WRAPPED), *TABLE),
            _details(tables),
        ),
    ]  # fmt: skip
    return _file(sheets)


def scope_line(basis: str, printed_at: dt.datetime) -> str:
    """What the figures are from, and when they were printed (local time)."""
    return f"{basis}    打印时间：{printed_at:%Y-%m-%d %H:%M}"


def _file(sheets: Sequence[SheetSpec]) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "assessment.xlsx"
        write_workbook(path, sheets)
        return path.read_bytes()


def _rows(printed: Printed) -> Iterator[Sequence[object]]:
    for line in printed.lines:
        yield (
            line.project,
            line.content,
            _number(line.points),
            line.method,
            _number(line.self_score),
            _number(line.score) if line.applies else Cell("不适用", CellKind.CENTRED),
            line.why,
        )


def _total(printed: Printed) -> Sequence[object]:
    grade = f"，等次：{printed.grade}" if printed.grade else ""
    said = f"应得分 {printed.possible}，得分率 {printed.rate}{grade}"
    return (
        "合计", "", _number(printed.points), "", _number(printed.self_score),
        _number(printed.score), said,
    )  # fmt: skip


def _summary(tables: Sequence[UnitTable], *, with_places: bool) -> Iterator[Sequence[object]]:
    for number, table in enumerate(tables, start=1):
        said = table.printed
        row = [number, table.name, table.category, _number(said.self_score), _number(said.score),
               _number(said.possible), _rate(said), said.grade]  # fmt: skip
        if with_places:
            row.append(table.place)
        yield [*row, _note(said)]


def _rate(printed: Printed) -> Fraction | Cell:
    """The part of the possible points as a number of its own."""
    possible = Fraction(printed.possible)
    return Fraction(printed.score) / possible if possible else Cell("—", CellKind.CENTRED)


def _note(printed: Printed) -> str:
    parts = [f"还有 {printed.missing} 项未评分"] if printed.missing else []
    if printed.left_out:
        parts.append("不计入总分：" + "、".join(line.content for line in printed.left_out))
    if printed.open:
        parts.append(f"{printed.open} 项尚有未办结事项")
    return "；".join(parts)


def _details(tables: Sequence[UnitTable]) -> Iterator[Sequence[object]]:
    for table in tables:
        for row in (*_rows(table.printed), _total(table.printed)):
            yield (table.name, *row)


def _number(text: str) -> Decimal | None:
    return Decimal(text) if text else None
