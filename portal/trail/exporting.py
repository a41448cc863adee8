"""The trail as a file to take away, made while it is sent: memory does not grow with its lines."""

import tempfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _

from portal.trail.lines import Line, lines_of
from portal.trail.paging import newest_first
from reports.exports.delimited import csv_lines
from reports.workbook.spec import CellKind, ColumnSpec, SheetSpec
from reports.workbook.xlsx import write_workbook
from units.administration.supervision import TrailQuerySet

CHUNK = 1000
# A workbook is written before its first byte is sent: so many lines take some ten seconds.
MOST_IN_WORKBOOK = 100_000
_HEADERS = (
    ("编号", 8),
    ("时间", 20),
    ("操作人", 18),
    ("角色", 14),
    ("单位", 14),
    ("来源地址", 16),
    ("操作", 24),
    ("对象", 22),
    ("结果", 8),
    ("变更前", 40),
    ("变更后", 40),
    ("请求编号", 34),
    ("校验值", 66),
)


def _lines(rows: TrailQuerySet) -> Iterator[Line]:
    chunk = []
    for event in newest_first(rows).iterator(chunk_size=CHUNK):
        chunk.append(event)
        if len(chunk) == CHUNK:
            yield from lines_of(chunk)
            chunk = []
    yield from lines_of(chunk)


def _cells(line: Line) -> tuple[str, ...]:
    return (
        str(line.pk),
        line.at.isoformat(sep=" ", timespec="seconds"),
        line.who,
        line.role,
        line.unit,
        line.address,
        line.action,
        line.about,
        line.result,
        "；".join(f"{each.label}：{each.before}" for each in line.changes if each.before),
        "；".join(f"{each.label}：{each.after}" for each in line.changes if each.after),
        line.request_id,
        line.digest,
    )


def csv_rows(rows: TrailQuerySet) -> Iterator[str]:
    """The file a row at a time, as Excel opens it."""
    columns = [ColumnSpec(_(header), width) for header, width in _HEADERS]
    return csv_lines(columns, map(_cells, _lines(rows)))


def workbook(rows: TrailQuerySet, scope: str, printed_at: datetime) -> IO[bytes]:
    """The same as a workbook, open for reading; its place on the disk is free once it is closed.

    ``scope`` says what was asked for. Cells are texts, whatever they begin with.
    """
    sheet = SheetSpec(
        name="审计日志",
        title="审计日志",
        scope=f"范围：{scope}    导出时间：{printed_at:%Y-%m-%d %H:%M}",
        columns=tuple(ColumnSpec(header, width, CellKind.TEXT) for header, width in _HEADERS),
        rows=_rows_of(_lines(rows)),
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "trail.xlsx"
        write_workbook(path, [sheet])
        return path.open("rb")


def _rows_of(lines: Iterable[Line]) -> Iterator[tuple[str, ...]]:
    return map(_cells, lines)
