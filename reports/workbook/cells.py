"""Values → the XML of worksheet rows. Plain Python: no cell object is built for a row of data.

Every text is an inline string (`t="inlineStr"`): a text that begins with `=` has no way to become a
formula. What XML or Excel would refuse is taken out, so that one pasted character cannot stop a
county's workbook.
"""

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from reports.workbook.spec import Cell, CellKind, ColumnSpec

EXCEL_TEXT_LIMIT = 32_767
# Half the limit: no text so short can exceed it, whatever its characters take in UTF-16.
_SURELY_SHORT = EXCEL_TEXT_LIMIT // 2
CUT_MARK = "……（超出单元格上限，已截断）"
NO_NUMBER = "—"

# Excel keeps 15 digits of a number; a longer one stays whole only as text.
_LONGEST_INTEGER = 10**15
# Serial 1 is 1900-01-01, but Excel counts a 29 February 1900 that never was: dates are right
# from 1 March 1900 on, and older ones are written as text.
_SERIAL_ZERO = date(1899, 12, 30).toordinal()
_FIRST_SERIAL_DAY = date(1900, 3, 1)
_SECONDS_A_DAY = 86_400

# A row's height is given, because LibreOffice does not work it out for wrapped text on loading;
# without `customHeight` Excel still adapts it to the first edit. In points; Excel takes 409.
_LINE_HEIGHT, _ROW_PADDING = 14.0, 4.0
_MOST_LINES = 28
# Widths are in digits of the workbook's 11 point font, the data is in 10 point.
_ROOM = 1.05
_WRAPPING = frozenset({CellKind.WRAPPED, CellKind.CENTRED})

# One look decides. A space, line break or underscore inside is harmless, but rare in Chinese text:
# asking for the character alone is cheaper than asking where it stands.
_NEEDS_CARE = re.compile("[\x00-\x20&<>_\x7f-\x9f\ud800-\udfff\ufffe\uffff]").search
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_LINE_BREAK = re.compile("\r\n?")
# Excel reads `_x0041_` in a text as the character with that number.
_EXCEL_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_WHITE_SPACE = re.compile("[ \t\n]").search


def column_letters(number: int) -> str:
    """1 → A, 26 → Z, 27 → AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def clean_text(text: str) -> str:
    """The text as a cell can hold it: no control characters, no half surrogate pairs, one kind of
    line break, at most 32,767 UTF-16 units — cut with a mark that can be seen."""
    text = _UNWRITABLE.sub("", _LINE_BREAK.sub("\n", text))
    if len(text) < _SURELY_SHORT or _utf16_length(text) <= EXCEL_TEXT_LIMIT:
        return text
    room = EXCEL_TEXT_LIMIT - len(CUT_MARK)
    kept = text.encode("utf-16-le")[: room * 2].decode("utf-16-le", errors="ignore")
    return kept + CUT_MARK


def date_serial(day: date) -> float:
    """Days since 1899-12-30; a time of day is the fraction, read from the clock it carries."""
    serial = day.toordinal() - _SERIAL_ZERO
    if not isinstance(day, datetime):
        return serial
    seconds = day.hour * 3600 + day.minute * 60 + day.second + day.microsecond / 1_000_000
    return serial + seconds / _SECONDS_A_DAY


def line_count(text: str, width: float) -> int:
    """How many lines a text takes, wrapped in a column of this width (a Chinese character is two).

    Characters of up to two bytes in UTF-8 count as half as wide as those of three or four.
    """
    room = width * _ROOM
    total = 0
    for line in text.split("\n"):
        units = (len(line.encode(errors="surrogatepass")) + len(line)) / 2
        total += max(1, math.ceil(units / room))
    return total


def row_height(lines: int) -> float:
    """The height of a row of so many lines, in points."""
    return min(lines, _MOST_LINES) * _LINE_HEIGHT + _ROW_PADDING


class RowWriter:
    """Writes rows of one sheet as XML, given the style number of each kind of cell."""

    def __init__(
        self, columns: Sequence[ColumnSpec], style_numbers: Mapping[CellKind, int]
    ) -> None:
        self._columns = tuple(
            (
                f'<c r="{column_letters(place)}',
                f'" s="{style_numbers[column.kind]}" t="inlineStr"><is><t>',
                f'" s="{style_numbers[column.kind]}"><v>',
                f'" s="{style_numbers[column.kind]}"',
            )
            for place, column in enumerate(columns, start=1)
        )
        self._wrapping = tuple(
            (place, column.width)
            for place, column in enumerate(columns)
            if column.kind in _WRAPPING
        )
        self._styles = {kind: f'" s="{number}"' for kind, number in style_numbers.items()}
        self._numbers = {kind: f"{style}><v>" for kind, style in self._styles.items()}

    def write(self, rows: Iterable[Sequence[Any]], first: int) -> Iterator[str]:
        """The XML of each row; `first` is the row number of the first one.

        A row with more or fewer cells than the sheet has columns is a ValueError.
        """
        columns, styles, numbers = self._columns, self._styles, self._numbers
        dates = styles[CellKind.DATE]  # a serial number shown as a number says nothing
        needs_care = _NEEDS_CARE
        for number, row in enumerate(rows, start=first):
            parts = [f'<row r="{number}" ht="{row_height(self._lines(row))}">']
            for value, (start, text, plain, style) in zip(row, columns, strict=True):
                kind = type(value)
                if kind is str and 0 < len(value) < _SURELY_SHORT and not needs_care(value):
                    parts.append(f"{start}{number}{text}{value}</t></is></c>")
                elif kind is int and -_LONGEST_INTEGER < value < _LONGEST_INTEGER:
                    parts.append(f"{start}{number}{plain}{value}</v></c>")
                elif kind is Cell:
                    inner, shown_as = value
                    if type(inner) is int and -_LONGEST_INTEGER < inner < _LONGEST_INTEGER:
                        parts.append(f"{start}{number}{numbers[shown_as]}{inner}</v></c>")
                    else:
                        parts.append(f"{start}{number}{styles[shown_as]}{_content(inner)}")
                else:
                    shape = dates if isinstance(value, date) else style
                    parts.append(f"{start}{number}{shape}{_content(value)}")
            parts.append("</row>")
            yield "".join(parts)

    def _lines(self, row: Sequence[Any]) -> int:
        """The lines of the highest cell; a text that fits for sure is not looked at."""
        lines = 1
        for place, width in self._wrapping:
            text = row[place]
            if type(text) is str and len(text) * 2 > width:
                lines = max(lines, line_count(text, width))
        return lines


def _content(value: object) -> str:
    """What follows the style of a cell: its type and value, or its end."""
    if value is None:
        return "/>"
    if isinstance(value, bool):
        return f' t="b"><v>{value:d}</v></c>'
    if isinstance(value, date):
        return _date_content(value)
    if isinstance(value, int | float | Decimal | Fraction):
        return _number_content(value)
    return _text_content(str(value))


def _number_content(value: float | Decimal | Fraction) -> str:
    if isinstance(value, int):
        # int.__repr__ also for an IntEnum
        digits = int.__repr__(value)
        whole = abs(value) < _LONGEST_INTEGER
        return f"><v>{digits}</v></c>" if whole else _text_content(digits)
    number = float(value)
    return f"><v>{number!r}</v></c>" if math.isfinite(number) else _text_content(NO_NUMBER)


def _date_content(value: date) -> str:
    day = value.date() if isinstance(value, datetime) else value
    if day < _FIRST_SERIAL_DAY:
        return _text_content(value.isoformat())
    return f"><v>{date_serial(value)}</v></c>"


def _text_content(text: str) -> str:
    text = clean_text(text)
    if not text:
        return "/>"
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    text = _EXCEL_ESCAPE.sub("_x005F_", text)
    keep = ' xml:space="preserve"' if _WHITE_SPACE(text) else ""
    return f' t="inlineStr"><is><t{keep}>{text}</t></is></c>'


def _utf16_length(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
