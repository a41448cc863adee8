"""The official layout, GB/T 9704-2012 《党政机关公文格式》: 22 lines of 28 characters a page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import BinaryIO, Literal

from reports.documents.paper import Paper, indent_xml, paragraph_xml
from reports.documents.styles import (
    BODY,
    CENTRED,
    CHARACTER,
    CHARACTERS,
    FLUSH,
    HEADINGS,
    LABEL,
    NOTE,
    SIGNED,
    TITLE,
)
from reports.documents.tables import Cell, Row, fitting_size, table_xml
from reports.documents.wording import HeadingNumbers, clean, day_text, paragraphs_of, width_of

# A sealed paper's date stands four characters in from the right edge (7.3.5.1).
_DATE_INDENT = 4
# A row of one line, in sizes of its letters.
_ROW_HEIGHT = 1.9
_BLANK_DATE = "　　　年　　月　　日"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; `chars` is its width in full-width characters, a weight if all do not
    fill or exceed the page."""

    heading: str
    chars: float
    align: Literal["left", "center", "right"] = "center"


class OfficialPaper:
    """A document in the official layout, written from top to bottom."""

    def __init__(self, *, title: str, created: datetime, author: str) -> None:
        """`title` may hold \\n; `created` (aware) dates the file, `author` is the body it is of."""
        self._paper = Paper(title=title, author=author, created=created)
        self._numbers = HeadingNumbers()
        self._head = [paragraph_xml(TITLE, line) for line in paragraphs_of(title)]

    def number(self, text: str) -> None:
        """发文字号, centred above the title; only before anything else is written."""
        if not self._head:
            raise ValueError("The document number stands above the title: give it first.")
        self._head[:0] = [paragraph_xml(CENTRED, text), paragraph_xml(FLUSH, "")]

    def addressee(self, text: str) -> None:
        """主送机关, flush left, with its full-width colon."""
        self._add(paragraph_xml(FLUSH, text.rstrip(":： ") + "："))

    def heading(self, text: str, level: int = 1) -> None:
        """Numbers itself: 一、 （一） 1. （1）. Raises ValueError for another level."""
        number = self._numbers.next(level)
        line = " ".join(paragraphs_of(text))
        self._add(paragraph_xml(HEADINGS[level - 1], number + line))

    def paragraph(self, text: str) -> None:
        """Body text; a line break starts a new paragraph, empty ones are left out."""
        for line in paragraphs_of(text):
            self._add(paragraph_xml(BODY, line))

    def note(self, text: str) -> None:
        """What a table's figures mean, small, under the table."""
        for line in paragraphs_of(text):
            self._add(paragraph_xml(NOTE, line))

    def attachments(self, names: Sequence[str]) -> None:
        """附件：1. … after one empty line; a name that turns aligns with its first character."""
        if not names:
            return
        self._add(paragraph_xml(FLUSH, ""))
        label = "附件："
        for place, name in enumerate(names, start=1):
            number = f"{place}. " if len(names) > 1 else ""
            first = (label if place == 1 else "") + number
            drawn = width_of(first) * CHARACTER
            left = (2 + width_of(label + number)) * CHARACTER
            indent = indent_xml(left=left, hanging=drawn)
            self._add(paragraph_xml(FLUSH, first + clean(name), properties=indent))

    def signature(self, sender: str, day: date | None) -> None:
        """落款: the date four characters in, the sender centred above it; None leaves the date
        to be written by hand."""
        dated = _BLANK_DATE if day is None else day_text(day)
        half_date, half_sender = width_of(dated) / 2, width_of(clean(sender)) / 2
        middle = min(max(_DATE_INDENT + half_date, half_sender), CHARACTERS - half_sender)
        self._add()
        self._paper.keep_end()
        self._add(paragraph_xml(FLUSH, "", properties="<w:keepNext/>"))
        for text, half, keep in (
            (sender, half_sender, "<w:keepNext/>"),
            (dated, half_date, ""),
        ):
            indent = indent_xml(right=max(0.0, middle - half) * CHARACTER)
            self._add(paragraph_xml(SIGNED, text, properties=keep + indent))

    def annex(self, label: str, title: str, *, landscape: bool = False) -> None:
        """A new page: `label` (附件1) at the top left, the title on the third line."""
        self._add()
        self._paper.new_section(landscape=landscape)
        self._numbers = HeadingNumbers()
        self._add(paragraph_xml(LABEL, label), paragraph_xml(FLUSH, "", properties="<w:keepNext/>"))
        self._add(*(paragraph_xml(TITLE, line) for line in paragraphs_of(title)))
        self._add(paragraph_xml(FLUSH, "", properties="<w:keepNext/>"))

    def table(self, columns: Sequence[Column], rows: Iterable[Sequence[object]]) -> None:
        """As wide as the page; the head is repeated on each page. None is an empty cell.

        Raises ValueError for a row that does not have as many values as there are columns.
        """
        weights = [column.chars for column in columns]
        size = fitting_size(weights, self._paper.width)
        height = size * _ROW_HEIGHT
        heads = [Cell(column.heading, is_head=True) for column in columns]
        lines = [Row(heads, height, is_head=True)]
        for row in rows:
            values = zip(columns, row, strict=True)
            cells = [Cell(value, align=column.align) for column, value in values]
            lines.append(Row(cells, height))
        self._add(table_xml(weights, lines, width=self._paper.width, size=size))

    def save(self, stream: BinaryIO) -> None:
        """Write the .docx. The same input gives the same bytes."""
        self._add()
        self._paper.save(stream)

    def _add(self, *blocks: str) -> None:
        if self._head:
            self._paper.add(*self._head, paragraph_xml(FLUSH, ""))
            self._head = []
        self._paper.add(*blocks)
