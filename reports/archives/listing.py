"""The contents list of an archive (档案目录): what is in it, what is not, and where paper lies.

Plain rows; the workbook and the page that go into the archive are made of the same ones.
"""

import datetime as dt
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from django.template.defaultfilters import filesizeformat
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from reports.archives.contents import SessionContents, YearContents
from reports.archives.packing import LeftOut, OnPaper
from reports.archives.pieces import Kind, Slot, Standing
from reports.workbook.spec import CellKind, ColumnSpec, SheetSpec
from reports.workbook.xlsx import write_workbook

SHOWN_KINDS = tuple(kind for kind in Kind if kind not in (Kind.APPROVAL, Kind.OTHER))


@dataclass(frozen=True, slots=True)
class Line:
    """A file in the archive. `about` is the session or paper it belongs to."""

    path: str
    kind: str
    about: str
    on: dt.date | None
    size: int
    sha256: str

    @property
    def folder(self) -> str:
        return self.path.rpartition("/")[0]

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]

    @property
    def shown_size(self) -> str:
        return filesizeformat(self.size)


@dataclass
class Listing:
    """Grows with the archive of one unit. `inside` is the folder that holds it, or empty."""

    title: str
    scope: str
    inside: str = ""
    lines: list[Line] = field(default_factory=list)
    folders: dict[int, str] = field(default_factory=dict)
    left_out: list[LeftOut] = field(default_factory=list)
    on_paper: list[OnPaper] = field(default_factory=list)


def slot_words(slot: Slot) -> str:
    """A kind's cell in the table of sessions."""
    match slot.standing:
        case Standing.FILED:
            number = sum(bool(piece.file) for piece in slot.pieces)
            return _("%d 份") % number
        case Standing.ON_PAPER:
            return _("纸质")
        case Standing.WITHHELD:
            return _("暂扣")
        case Standing.REQUIRED:
            return _("缺（必备）")
        case Standing.ADVISED:
            return _("缺")
    return "—"


def theme_of(session: SessionContents) -> str:
    if session.row.is_offline_only:
        return _("（含不宜上网内容，见纸质档案）")
    return session.row.theme or _("（未登记主题的学习）")


def day_of(session: SessionContents) -> str:
    first, last = session.row.date, session.row.end_date
    return f"{first:%Y-%m-%d}" if first == last else f"{first:%Y-%m-%d} — {last:%m-%d}"


def list_workbook(listing: Listing, contents: YearContents) -> bytes:
    """The contents list as a workbook of four sheets."""
    sheets = [
        _sessions_sheet(listing, contents),
        _files_sheet(listing),
        _paper_sheet(listing),
        _left_out_sheet(listing),
    ]
    return workbook_bytes(sheets)


def workbook_bytes(sheets: Sequence[SheetSpec]) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list.xlsx"
        write_workbook(path, sheets)
        return path.read_bytes()


def list_page(listing: Listing, contents: YearContents) -> bytes:
    """The same as a page whose links open the unpacked files."""
    start = len(listing.inside)
    context = {
        "listing": listing,
        "kinds": [kind.label for kind in SHOWN_KINDS],
        "sessions": _page_rows(listing, contents),
        "files": [
            {"line": line, "href": quote(line.path[start:]), "path": line.path[start:]}
            for line in listing.lines
        ],
    }
    return render_to_string("reports/archives/paper/list.html", context).encode()


def _page_rows(listing: Listing, contents: YearContents) -> list[dict[str, object]]:
    start = len(listing.inside)
    return [
        {
            "day": day_of(session),
            "theme": theme_of(session),
            "form": session.row.get_form_display(),
            "status": session.row.get_status_display(),
            "cells": _cells(session),
            "place": session.row.archive_place,
            "folder": listing.folders.get(session.row.pk, "")[start:],
            "href": quote(listing.folders.get(session.row.pk, "")[start:]),
        }
        for session in contents.sessions
    ]


def _cells(session: SessionContents) -> list[str]:
    words = {slot.kind: slot_words(slot) for slot in session.slots}
    return [words.get(kind, "—") for kind in SHOWN_KINDS]


def _sessions_sheet(listing: Listing, contents: YearContents) -> SheetSpec:
    start = len(listing.inside)
    columns = (
        ColumnSpec("序号", 6, CellKind.INTEGER),
        ColumnSpec("学习时间", 20),
        ColumnSpec("学习主题", 40, CellKind.WRAPPED),
        ColumnSpec("学习形式", 14),
        ColumnSpec("状态", 9),
        *(ColumnSpec(str(kind.label), 12, CellKind.CENTRED) for kind in SHOWN_KINDS),
        ColumnSpec("纸质档案存放处", 24, CellKind.WRAPPED),
        ColumnSpec("文件夹", 40, CellKind.WRAPPED),
    )
    rows = (
        (
            number,
            day_of(session),
            theme_of(session),
            session.row.get_form_display(),
            session.row.get_status_display(),
            *_cells(session),
            session.row.archive_place,
            listing.folders.get(session.row.pk, "")[start:],
        )
        for number, session in enumerate(contents.sessions, start=1)
    )
    return SheetSpec("一次一档", f"{listing.title}目录", listing.scope, columns, rows)


# With what each sheet of pieces begins: which one, of what, of which kind.
_PIECE = (
    ColumnSpec("序号", 6, CellKind.INTEGER),
    ColumnSpec("所属", 40, CellKind.WRAPPED),
    ColumnSpec("类别", 14),
)


def _files_sheet(listing: Listing) -> SheetSpec:
    start = len(listing.inside)
    columns = (
        *_PIECE,
        ColumnSpec("文件", 60, CellKind.WRAPPED),
        ColumnSpec("归档日期", 12, CellKind.DATE),
        ColumnSpec("大小（字节）", 14, CellKind.INTEGER),
        ColumnSpec("校验值（SHA-256）", 68),
    )
    rows = (
        (number, line.about, line.kind, line.path[start:], line.on, line.size, line.sha256)
        for number, line in enumerate(listing.lines, start=1)
    )
    return SheetSpec("文件清单", f"{listing.title}文件清单", listing.scope, columns, rows)


def _paper_sheet(listing: Listing) -> SheetSpec:
    columns = (
        *_PIECE,
        ColumnSpec("材料", 40, CellKind.WRAPPED),
        ColumnSpec("存放处", 30, CellKind.WRAPPED),
    )
    rows = (
        (number, one.about, one.kind, one.name, one.place)
        for number, one in enumerate(listing.on_paper, start=1)
    )
    return SheetSpec("仅有纸质", f"{listing.title}仅有纸质的材料", listing.scope, columns, rows)


def _left_out_sheet(listing: Listing) -> SheetSpec:
    columns = (
        *_PIECE,
        ColumnSpec("文件名", 40, CellKind.WRAPPED),
        ColumnSpec("未装入的原因", 40, CellKind.WRAPPED),
    )
    rows = (
        (number, one.about, one.kind, one.name, one.reason)
        for number, one in enumerate(listing.left_out, start=1)
    )
    return SheetSpec("未装入", f"{listing.title}未装入的材料", listing.scope, columns, rows)
