"""The attachment: the workbook's 汇总表 of the same closed month, in official order, on paper.

The rows are the workbook's own; what they look like on paper is what Excel shows.
"""

from collections.abc import Iterator, Sequence
from typing import Final, Literal, NamedTuple

from reports.documents.official import Column
from reports.workbook.data import RollupData
from reports.workbook.spec import Cell, CellKind, ColumnSpec
from reports.workbook.summary import SUMMARY_COLUMNS, summary_rows

_RIGHT = (CellKind.INTEGER, CellKind.DECIMAL, CellKind.PERCENT)

# The month and quarter of the closing say nothing of a half-year; 预警项 were still open then.
_WIDTHS: Final[dict[str, float]] = {
    "序号": 1.5,
    "单位": 6,
    "单位类别": 4.2,
    "状态": 3,
    "计划备案": 3,
    "累计集中学习(次)": 2,
    "累计集体研讨(次)": 2,
    "累计天数": 2.2,
    "应到人次": 2.4,
    "实到人次": 2.4,
    "到会率": 3.8,
    "参学率": 3.8,
    "待补学人次": 2,
    "迟报(次)": 2,
    "待重报(次)": 2,
    "未达标项": 5,
    "备注": 4.2,
}


class Heading(NamedTuple):
    """A column of the attachment: where it stands in the workbook's row, and its width."""

    place: int
    spec: ColumnSpec
    chars: float

    @property
    def text(self) -> str:
        return self.spec.header

    @property
    def is_long(self) -> bool:
        """Whether whole sentences stand in the column."""
        return self.text in ("未达标项", "备注")

    @property
    def is_number(self) -> bool:
        return self.spec.kind in _RIGHT


HEADINGS: Final = tuple(
    Heading(place, spec, _WIDTHS[spec.header])
    for place, spec in enumerate(SUMMARY_COLUMNS)
    if spec.header in _WIDTHS
)


def paper_columns() -> list[Column]:
    """The columns as the official layout wants them."""
    return [Column(_broken(each.text), each.chars, _align(each)) for each in HEADINGS]


def printed_rows(data: RollupData) -> Iterator[list[str]]:
    """One row a unit in official order, each value as Excel shows it."""
    for row in summary_rows(data):
        yield printed_row(row)


def printed_row(row: Sequence[object]) -> list[str]:
    """The attachment's part of a row of the workbook."""
    return [printed(row[each.place], each.spec.kind) for each in HEADINGS]


def printed(value: object, kind: CellKind) -> str:
    """A value of the workbook as its number format shows it; nothing where the cell is empty."""
    if isinstance(value, Cell):
        return printed(value.value, value.kind)
    if value is None:
        return ""
    if isinstance(value, int | float) and kind is CellKind.PERCENT:
        return f"{value:.2%}"
    if isinstance(value, int | float) and kind is CellKind.DECIMAL:
        return f"{value:.1f}"
    return str(value)


def _align(heading: Heading) -> Literal["left", "center", "right"]:
    if heading.spec.kind is CellKind.WRAPPED:
        return "left"
    return "right" if heading.is_number else "center"


def _broken(header: str) -> str:
    """The unit in brackets on a line of its own, as narrow columns need it."""
    return header.replace("(", "\n(")
