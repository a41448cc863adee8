"""The ledger 整改台账, on the page and as a workbook."""

import datetime as dt
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.db.models import QuerySet

from reports.models import Finding
from reports.workbook.spec import CellKind, ColumnSpec, SheetSpec
from reports.workbook.xlsx import write_workbook

COLUMNS = (
    ColumnSpec("序号", 6, CellKind.INTEGER),
    ColumnSpec("单位", 12, CellKind.WRAPPED),
    ColumnSpec("来源", 9, CellKind.CENTRED),
    ColumnSpec("发现日期", 11, CellKind.DATE),
    ColumnSpec("具体问题", 24, CellKind.WRAPPED),
    ColumnSpec("整改措施", 24, CellKind.WRAPPED),
    ColumnSpec("责任领导", 9, CellKind.WRAPPED),
    ColumnSpec("责任单位（处室）", 12, CellKind.WRAPPED),
    ColumnSpec("责任人", 8, CellKind.WRAPPED),
    ColumnSpec("整改时限", 11, CellKind.DATE),
    ColumnSpec("整改进度", 24, CellKind.WRAPPED),
    ColumnSpec("状态", 10, CellKind.CENTRED),
    ColumnSpec("销号", 11, CellKind.DATE),
)
CHUNK = 1000
BLANK_ROWS = 25


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A finding as lists show it; ``left`` are the days until its deadline, 0 on the day."""

    finding: Finding
    unit_name: str
    is_overdue: bool
    left: int


def row_of(finding: Finding, today: dt.date) -> FindingRow:
    at_the_unit = finding.status in Finding.AWAITING_UNIT
    name = getattr(finding, "unit_name", None) or finding.unit.code
    left = (finding.due - today).days
    return FindingRow(finding, name, at_the_unit and left < 0, left)


def ledger_file(
    rows: QuerySet[Finding], *, title: str, chosen: str, as_of: dt.date, printed_at: dt.datetime
) -> bytes:
    """The rows as a workbook; every text stays one, whatever it begins with.

    ``rows`` have their unit and its name; ``printed_at`` is local.
    """
    scope = (
        f"范围：{chosen}    统计截至：{as_of.isoformat()}    打印时间：{printed_at:%Y-%m-%d %H:%M}"
    )
    return _workbook(title, scope, _cells(rows, as_of))


def blank_ledger(*, group: str, printed_at: dt.datetime) -> bytes:
    """The same columns with numbered, empty rows; ``group`` is whose it is, blank for any."""
    numbers = range(1, BLANK_ROWS + 1)
    empty = (None,) * (len(COLUMNS) - 1)
    scope = f"一个问题一行    打印时间：{printed_at:%Y-%m-%d %H:%M}"
    return _workbook(f"{group}问题整改台账", scope, ((number, *empty) for number in numbers))


def _workbook(title: str, scope: str, rows: Iterator[Sequence[object]]) -> bytes:
    sheet = SheetSpec(name="整改台账", title=title, scope=scope, columns=COLUMNS, rows=rows)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "findings.xlsx"
        write_workbook(path, [sheet])
        return path.read_bytes()


def _cells(rows: QuerySet[Finding], today: dt.date) -> Iterator[Sequence[object]]:
    for number, finding in enumerate(rows.iterator(chunk_size=CHUNK), start=1):
        row = row_of(finding, today)
        status = finding.get_status_display() + ("（逾期）" if row.is_overdue else "")
        yield (
            number,
            row.unit_name,
            finding.get_source_display(),
            finding.found_on,
            finding.problem,
            finding.measures,
            finding.leader,
            finding.office,
            finding.person,
            finding.due,
            finding.progress,
            status,
            finding.closed_on,
        )
