"""Sheets of plain rows → an .xlsx file. The only module of the workbook that knows openpyxl.

openpyxl builds a skeleton: every sheet with its title, scope line, header, widths, panes, filter,
print set-up and every style. The rows of data are then streamed in behind the skeleton's own rows,
so that memory does not grow with them.
"""

import re
from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import chain, islice
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.cell import Cell as OpenpyxlCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from reports.workbook.atomic import replacing
from reports.workbook.cells import RowWriter, clean_text, column_letters, line_count, row_height
from reports.workbook.spec import CellKind, SheetSpec

HEADER_ROW = 3
FIRST_DATA_ROW = HEADER_ROW + 1
LAST_ROW = 1_048_576
# A part of 2 GiB or more needs ZIP64, which Excel meets with a repair warning.
LARGEST_PART = 1_500_000_000
# So many rows are held to learn whether there are more: up to here `<dimension>` is exact,
# beyond it is left out (it is optional), because it stands before rows not yet counted.
_LOOK_AHEAD = 2_000
_ROWS_A_WRITE = 100
_COMPRESSION = 6

_APPLICATION = "中心组学习管理平台"
_WORKSHEET = re.compile(r"xl/worksheets/sheet\d+\.xml")
_DIMENSION = re.compile(r'<dimension ref="[^"]*" ?/>')
_FILTER = re.compile(r'(<autoFilter ref=")[^"]*(")')
_END_OF_ROWS = "</sheetData>"

_TITLE_HEIGHT = 34  # points
_EDGE = Side(style="thin", color="FF808080")
_BORDER = Border(left=_EDGE, right=_EDGE, top=_EDGE, bottom=_EDGE)
_CHINESE = 134  # the character set GB2312: an office without the font takes another Chinese one
_TITLE_FONT = Font(name="宋体", size=18, bold=True, charset=_CHINESE)
_SCOPE_FONT = Font(name="仿宋", size=11, charset=_CHINESE)
_HEADER_FONT = Font(name="宋体", size=10, bold=True, charset=_CHINESE)
_DATA_FONT = Font(name="宋体", size=10, charset=_CHINESE)
_HEADER_FILL = PatternFill("solid", fgColor="FFDDE5EE")
_MIDDLE = Alignment(horizontal="center", vertical="center", wrap_text=True)
_LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True)
_UNWRAPPED = Alignment(horizontal="left", vertical="center")

_FORMATS = {
    CellKind.INTEGER: "0",
    CellKind.DECIMAL: "0.0",
    CellKind.PERCENT: "0.00%",
    CellKind.DATE: "yyyy-mm-dd",
    # A number keeps being a number and yet says its outcome in a word: colour alone is lost on
    # a black-and-white print and on a colour-blind reader.
    CellKind.MET: "0",
    CellKind.MET_LATE: '0" 逾期"',
    CellKind.MISSED: '0" 未达标"',
    CellKind.AT_RISK: '0" 预警"',
    CellKind.PENDING: '0" 进行中"',
    CellKind.WAIVED: '0" 已豁免"',
}
_FILLS = {
    CellKind.MET: "FFE2F0D9",
    CellKind.MET_LATE: "FFDDEBF7",
    CellKind.MISSED: "FFF8CBAD",
    CellKind.AT_RISK: "FFFFE699",
    CellKind.WAIVED: "FFE4DFEC",
    CellKind.NOT_APPLICABLE: "FFE7E6E6",
}
_ALIGNMENTS = {CellKind.TEXT: _UNWRAPPED, CellKind.WRAPPED: _LEFT}


def write_workbook(path: Path, sheets: Sequence[SheetSpec]) -> None:
    """Write the sheets, in their order, to `path`, whole or not at all.

    A sheet of more rows than Excel takes goes on in a further sheet; the name and title of that
    one say so by （2）, （3） …. Raises DiskFullError when there is no room, ValueError for a row
    that does not fit its columns; in both cases what was at `path` before is untouched.
    """
    if not sheets:
        raise ValueError("A workbook needs at least one sheet.")
    with (
        replacing(path) as file,
        ZipFile(file, "w", ZIP_DEFLATED, compresslevel=_COMPRESSION) as archive,
    ):
        skeleton = _Skeleton(sheets)
        ranges: list[str] = []
        for spec in sheets:
            ranges += _stream_parts(archive, skeleton, len(ranges), spec)
        skeleton.copy_all_but_worksheets(archive, ranges)


def _stream_parts(
    archive: ZipFile, skeleton: "_Skeleton", place: int, spec: SheetSpec
) -> list[str]:
    """Write one sheet, in as many parts as it takes; give the filtered range of each."""
    data = iter(spec.rows)
    writer = RowWriter(spec.columns, skeleton.style_numbers)
    ranges: list[str] = []
    following: Sequence[object] | None = None
    while not ranges or (following := next(data, None)) is not None:
        if following is not None:
            data = chain((following,), data)
            skeleton.add(spec, place + len(ranges), part=len(ranges) + 1)
        frame = skeleton.frame(place + len(ranges))
        rows = writer.write(data, FIRST_DATA_ROW)
        ranges.append(_stream_sheet(archive, place + len(ranges), frame, rows, len(spec.columns)))
    return ranges


class _Skeleton:
    """The workbook without its data."""

    def __init__(self, sheets: Sequence[SheetSpec]) -> None:
        self._workbook = Workbook()
        self._frames: list[str] | None = None
        self._workbook.properties.creator = _APPLICATION
        first: Worksheet = self._workbook.worksheets[0]
        self._workbook.remove(first)
        # The number of a style is the one a new cell that wears it gets.
        self.style_numbers = {
            kind: _dress(OpenpyxlCell(first, 1, 1), kind).style_id for kind in CellKind
        }
        for place, spec in enumerate(sheets):
            self.add(spec, place, part=1)

    def add(self, spec: SheetSpec, place: int, part: int) -> None:
        """Put the sheet at `place` (0 is the first); `part` counts the pieces of a split one."""
        self._frames = None
        suffix = "" if part == 1 else f"（{part}）"
        sheet: Worksheet = self._workbook.create_sheet(spec.name + suffix, place)
        last = column_letters(len(spec.columns))
        scope_end = column_letters(len(spec.columns) - len(spec.legend))
        title = _put(sheet, 1, 1, spec.title + suffix)
        title.font, title.alignment = _TITLE_FONT, _MIDDLE
        sheet.merge_cells(f"A1:{last}1")
        scope = _put(sheet, 2, 1, spec.scope)
        scope.font, scope.alignment = _SCOPE_FONT, _LEFT
        sheet.merge_cells(f"A2:{scope_end}2")
        for column, entry in enumerate(spec.legend, start=len(spec.columns) - len(spec.legend) + 1):
            _dress(_put(sheet, 2, column, str(entry.value)), entry.kind)
        for number, column_spec in enumerate(spec.columns, start=1):
            header = _put(sheet, HEADER_ROW, number, column_spec.header)
            header.font, header.alignment = _HEADER_FONT, _MIDDLE
            header.fill, header.border = _HEADER_FILL, _BORDER
            sheet.column_dimensions[column_letters(number)].width = column_spec.width
        _set_heights(sheet, spec)
        sheet.freeze_panes = f"A{FIRST_DATA_ROW}"
        sheet.auto_filter.ref = f"A{HEADER_ROW}:{last}{HEADER_ROW}"
        _set_up_print(sheet)

    def frame(self, place: int) -> tuple[str, str]:
        """The XML of the sheet at `place`, before and after its rows of data."""
        if self._frames is None:
            with ZipFile(self._saved()) as saved:
                self._frames = [
                    saved.read(f"xl/worksheets/sheet{number}.xml").decode()
                    for number, _ in enumerate(self._workbook.worksheets, start=1)
                ]
        head, end, tail = self._frames[place].partition(_END_OF_ROWS)
        return head, end + tail

    def copy_all_but_worksheets(self, archive: ZipFile, ranges: Sequence[str]) -> None:
        """The remaining members, with the filtered range of each sheet.

        They come last because the list of sheets and the ranges are only now known.
        """
        for sheet, filtered in zip(self._workbook.worksheets, ranges, strict=True):
            sheet.auto_filter.ref = filtered
        with ZipFile(self._saved()) as saved:
            for name in saved.namelist():
                if not _WORKSHEET.fullmatch(name):
                    archive.writestr(name, saved.read(name))

    def _saved(self) -> BytesIO:
        memory = BytesIO()
        self._workbook.save(memory)
        return memory


def _stream_sheet(
    archive: ZipFile, place: int, frame: tuple[str, str], rows: Iterator[str], columns: int
) -> str:
    """Write as many rows as the sheet at `place` has room for; give its filtered range."""
    room = LAST_ROW - HEADER_ROW
    ahead = min(_LOOK_AHEAD, room)
    first = list(islice(rows, ahead))
    last = column_letters(columns)
    exact = f'<dimension ref="A1:{last}{HEADER_ROW + len(first)}"/>' if len(first) < ahead else ""
    head, tail = frame
    with archive.open(f"xl/worksheets/sheet{place + 1}.xml", "w") as member:
        size = member.write((_DIMENSION.sub(exact, head) + "".join(first)).encode())
        written = len(first)
        while size < LARGEST_PART:
            batch = list(islice(rows, min(_ROWS_A_WRITE, room - written)))
            if not batch:
                break
            size += member.write("".join(batch).encode())
            written += len(batch)
        filtered = f"A{HEADER_ROW}:{last}{HEADER_ROW + written}"
        member.write(_FILTER.sub(rf"\g<1>{filtered}\g<2>", tail).encode())
    return filtered


def _put(sheet: Worksheet, row: int, column: int, text: str) -> OpenpyxlCell:
    """Put a text that stays one: a county's name is user input too, and may begin with `=`."""
    cell = sheet.cell(row, column, clean_text(text))
    if not isinstance(cell, OpenpyxlCell):
        raise TypeError(f"row {row}, column {column} lies inside a merged range")
    cell.data_type = "s"
    return cell


def _dress(cell: OpenpyxlCell, kind: CellKind) -> OpenpyxlCell:
    cell.font, cell.border = _DATA_FONT, _BORDER
    cell.alignment = _ALIGNMENTS.get(kind, _MIDDLE)
    cell.number_format = _FORMATS.get(kind, "General")
    if kind in _FILLS:
        cell.fill = PatternFill("solid", fgColor=_FILLS[kind])
    return cell


def _set_heights(sheet: Worksheet, spec: SheetSpec) -> None:
    beside_legend = spec.columns[: len(spec.columns) - len(spec.legend)]
    scope_lines = line_count(spec.scope, sum(column.width for column in beside_legend))
    header_lines = max(line_count(column.header, column.width) for column in spec.columns)
    sheet.row_dimensions[1].height = _TITLE_HEIGHT
    sheet.row_dimensions[2].height = row_height(scope_lines + 1)
    sheet.row_dimensions[HEADER_ROW].height = row_height(header_lines)


def _set_up_print(sheet: Worksheet) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.print_title_rows = f"1:{HEADER_ROW}"
    sheet.print_options.horizontalCentered = True
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top, sheet.page_margins.bottom = 0.6, 0.75
    sheet.page_margins.footer = 0.35
    if sheet.oddFooter is not None:
        sheet.oddFooter.center.text = "第 &P 页，共 &N 页"
