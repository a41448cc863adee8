"""The rollup workbook 集中学习情况汇总: an evaluation and plain rows → six sheets of plain rows."""

from collections.abc import Callable, Iterable, Iterator

from reports.periods import Month, Quarter
from reports.workbook.basis import BASIS_COLUMNS, basis_rows, rule_set_name
from reports.workbook.data import RollupData
from reports.workbook.ledger import LEDGER_COLUMNS, MEMBER_COLUMNS, ledger_rows, member_rows
from reports.workbook.spec import Cell, ColumnSpec, SheetSpec
from reports.workbook.summary import (
    ITEM_COLUMNS,
    LEGEND,
    MONTHS_COLUMNS,
    SUMMARY_COLUMNS,
    item_rows,
    month_rows,
    summary_rows,
)
from units.workbooks import safe_name

Row = tuple[object, ...]
Progress = Callable[[str, int], None]
"""Told the sheet's name and the number of its rows written so far, from the first to the last."""

_TELL_EVERY = 500

_SHEETS: tuple[
    tuple[
        str, str, tuple[ColumnSpec, ...], Callable[[RollupData], Iterator[Row]], tuple[Cell, ...]
    ],
    ...,
] = (
    ("汇总表", "集中学习情况汇总表", SUMMARY_COLUMNS, summary_rows, ()),
    ("月度情况", "集中学习月度情况表", MONTHS_COLUMNS, month_rows, LEGEND),
    ("学习台账", "集中学习台账", LEDGER_COLUMNS, ledger_rows, ()),
    ("成员学习情况", "成员学习情况表", MEMBER_COLUMNS, member_rows, ()),
    ("未达标与预警", "未达标与预警事项表", ITEM_COLUMNS, item_rows, ()),
)
BASIS = "口径说明"
SHEET_NAMES = (*(name for name, *_ in _SHEETS), BASIS)


def rollup_sheets(data: RollupData, progress: Progress | None = None) -> tuple[SheetSpec, ...]:
    """The six sheets, their rows lazy: each is read once, in the order of the sheets.

    The last one counts the rows of the others, and so must be written after them.
    """
    counts = {name: 0 for name, *_ in _SHEETS}
    scope = scope_line(data)
    sheets = [
        SheetSpec(
            name,
            f"{data.county}{title}（{data.month.label}）",
            scope,
            columns,
            _told(_counted(rows(data), name, counts), name, progress),
            legend,
        )
        for name, title, columns, rows, legend in _SHEETS
    ]
    basis = SheetSpec(
        BASIS,
        f"{data.county}集中学习情况汇总口径说明（{data.month.label}）",
        scope,
        BASIS_COLUMNS,
        _told(basis_rows(data, counts), BASIS, progress),
    )
    return (*sheets, basis)


def scope_line(data: RollupData) -> str:
    """Period, as-of, rule sets with their versions, time of printing."""
    rule_sets = "、".join(rule_set_name(rule_set) for rule_set in data.rule_sets) or "无"
    quarter = Quarter.of(data.month.first)
    return (
        f"统计期：{data.month.label}（{quarter.label[-3:]}）    "
        f"统计截至：{data.as_of.isoformat()}    "
        f"考核规则：{rule_sets}    "
        f"打印时间：{data.printed_at:%Y-%m-%d %H:%M}"
    )


def rollup_filename(
    county: str, month: Month, *, title: str = "集中学习情况汇总", part: str = ""
) -> str:
    """`{county}{title}-{YYYY-MM}{part}.xlsx`, safe on every disk.

    A county's name that is too long is cut; characters no file name can hold become `_`.
    """
    return safe_name(county, f"{title}-{month.key}{part}.xlsx")


def _counted(rows: Iterable[Row], name: str, counts: dict[str, int]) -> Iterator[Row]:
    for counts[name], row in enumerate(rows, start=1):
        yield row


def _told(rows: Iterable[Row], name: str, progress: Progress | None) -> Iterator[Row]:
    written = 0
    for written, row in enumerate(rows, start=1):
        if progress is not None and written % _TELL_EVERY == 1:
            progress(name, written - 1)
        yield row
    if progress is not None:
        progress(name, written)
