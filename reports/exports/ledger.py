"""A unit's ledger of a year as a workbook, with the columns of the rollup's 学习台账."""

import datetime as dt
import tempfile
from collections.abc import Container
from pathlib import Path
from typing import NamedTuple

from reports.evaluation import evaluate_unit
from reports.workbook.data import SessionRow
from reports.workbook.ledger import LEDGER_COLUMNS, ledger_row
from reports.workbook.session_rows import session_rows_of
from reports.workbook.spec import SheetSpec
from reports.workbook.unit_keys import UnitKey
from reports.workbook.xlsx import write_workbook
from units.models import Unit


class LedgerFile(NamedTuple):
    """The workbook's bytes and the number of sessions in it."""

    data: bytes
    rows: int


def ledger_file(
    *,
    unit: Unit,
    name: str,
    year: int,
    only: Container[object],
    chosen: str,
    as_of: dt.date,
    printed_at: dt.datetime,
) -> LedgerFile:
    """The unit's reported sessions of the year among ``only``, as they stand at ``as_of``.

    ``chosen`` says in words how they were chosen, for the scope line; ``printed_at`` is local.
    A unit that owed nothing in the year has an empty ledger.
    """
    judged = evaluate_unit(unit, as_of, year=year)
    rows: list[SessionRow] = []
    if judged is not None:
        key = UnitKey(unit.pk, name, unit.established_on, unit.abolished_on, judged.context)
        rows = list(session_rows_of([key], year, only))
    sheet = SheetSpec(
        name="学习台账",
        title=f"{name}集中学习台账（{year}年）",
        scope=(
            f"范围：{chosen}（不含草稿）    统计截至：{as_of.isoformat()}    "
            f"打印时间：{printed_at:%Y-%m-%d %H:%M}"
        ),
        columns=LEDGER_COLUMNS,
        rows=(ledger_row(number, row) for number, row in enumerate(rows, start=1)),
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.xlsx"
        write_workbook(path, [sheet])
        return LedgerFile(path.read_bytes(), len(rows))
