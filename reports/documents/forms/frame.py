"""A form on A4: title, lines above the table, tables, lines below it.

Forms keep the faces of official papers, not their margins: a sheet with ten columns that thirty
people sign needs the room.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from io import BytesIO

from reports.documents.paper import Margins, Paper, paragraph_xml
from reports.documents.styles import FORM_LINE, FORM_TITLE, NOTE
from reports.documents.tables import Cell, Row, fitting_size, table_xml
from reports.documents.wording import width_of

MARGINS = Margins(top=22, bottom=20, left=22, right=18)
# What stands where a hand writes.
GAP = "＿＿＿＿＿＿"
DATE_GAP = "　　年　　月　　日"
# Heights of rows, points: of one line, one to sign in, one to write several sentences in.
LINE_HEIGHT, SIGN_HEIGHT, WRITE_HEIGHT = 20.0, 22.0, 68.0


class FormPaper:
    """A form written from top to bottom. The same input gives the same bytes."""

    def __init__(self, *, group: str, name: str, created: datetime, landscape: bool) -> None:
        """`name` is the form's; it follows the group's, below it where one line is too short."""
        self._paper = Paper(
            title=group + name,
            author=group,
            created=created,
            margins=MARGINS,
            landscape=landscape,
        )
        is_long = width_of(group + name) * FORM_TITLE.size > self._paper.width
        self.heading(f"{group}\n{name}" if is_long and group else group + name)

    def heading(self, text: str, *, new_page: bool = False) -> None:
        """A form's title; the first one is written already."""
        before = "<w:pageBreakBefore/>" if new_page else ""
        self._paper.add(paragraph_xml(FORM_TITLE, text, properties=before))

    def line(self, *facts: tuple[str, object]) -> None:
        """Facts beside each other, `学习时间：…`; what is empty leaves a gap to write in."""
        gap = GAP if len(facts) > 1 else GAP * 5
        said = "　　".join(f"{label}：{gap if _is_empty(text) else text}" for label, text in facts)
        self._paper.add(paragraph_xml(FORM_LINE, said, properties="<w:keepNext/>"))

    def signed(self, *places: str) -> None:
        """Where somebody signs, below the table."""
        said = "　　　".join(places)
        before = '<w:spacing w:before="120"/>'
        self._paper.add(paragraph_xml(FORM_LINE, said, properties=before))

    def note(self, text: str) -> None:
        self._paper.add(paragraph_xml(NOTE, text))

    def table(
        self, weights: Sequence[float], rows: Sequence[Row], *, size: float | None = None
    ) -> None:
        """As wide as the page, in `size` points or in the largest letters the weights allow.

        Its last row stays with what is signed below it.
        """
        width = self._paper.width
        size = size or fitting_size(weights, width)
        kept = [*rows[:-1], *(replace(row, keeps=True) for row in rows[-1:])]
        self._paper.add(table_xml(weights, kept, width=width, size=size))

    def data(self) -> bytes:
        memory = BytesIO()
        self._paper.save(memory)
        return memory.getvalue()


def heads(*labels: str) -> Row:
    """The row of column heads, repeated on each page."""
    return Row([Cell(label, is_head=True) for label in labels], LINE_HEIGHT, is_head=True)


def labelled(
    *pairs: tuple[str, object],
    span: int = 1,
    height: float = LINE_HEIGHT,
    keeps: bool = False,
) -> Row:
    """Labels with what is said beside them; each said takes `span` columns."""
    cells: list[Cell] = []
    for label, text in pairs:
        cells += [Cell(label, is_head=True), Cell(text, span, "left")]
    return Row(cells, height, keeps=keeps)


def _is_empty(text: object) -> bool:
    return text is None or text == ""
