"""Tables of papers: columns by weight, heads repeated on every page, merged cells for forms."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from reports.documents.paper import paragraph_xml
from reports.documents.styles import TABLE_SIZES, Align, cell_style, twips

_PADDING = 3.0  # points at each side of a cell
_PADDING_ABOVE = 1.5  # and above and below its text
_EDGES = ("top", "left", "bottom", "right", "insideH", "insideV")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a form: `span` columns wide; a head is set in 黑体. `top`: text begins above."""

    text: object = ""
    span: int = 1
    align: Align = "center"
    is_head: bool = False
    top: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row at least `height` points high; a head is repeated on every page. One that `splits`
    goes on on the next page, any other stays whole while a page can hold it. What `keeps` stays
    on the page of the row below it, or of the text below the table."""

    cells: Sequence[Cell]
    height: float = 0
    is_head: bool = False
    splits: bool = False
    keeps: bool = False


def fitting_size(weights: Sequence[float], width: float) -> float:
    """The largest size in which a column of n characters holds n of them; else the smallest."""
    room = width - 2 * _PADDING * len(weights)
    return next((size for size in TABLE_SIZES[1:] if sum(weights) * size <= room), TABLE_SIZES[-1])


def table_xml(weights: Sequence[float], rows: Iterable[Row], *, width: float, size: float) -> str:
    """A ruled table `width` points wide; the columns share it by weight. `size` in points.

    Raises ValueError for a row that does not fill the columns.
    """
    columns = _shares(weights, width)
    borders = "".join(f'<w:{edge} w:val="single" w:sz="4" w:space="0"/>' for edge in _EDGES)
    pad, above = twips(_PADDING), twips(_PADDING_ABOVE)
    grid = "".join(f'<w:gridCol w:w="{share}"/>' for share in columns)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(columns)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar>'
        f'<w:top w:w="{above}" w:type="dxa"/><w:left w:w="{pad}" w:type="dxa"/>'
        f'<w:bottom w:w="{above}" w:type="dxa"/><w:right w:w="{pad}" w:type="dxa"/></w:tblCellMar>'
        f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
        f"{''.join(_row_xml(row, columns, size) for row in rows)}</w:tbl>"
    )


def _shares(weights: Sequence[float], width: float) -> list[int]:
    """Whole twips that add up to the width; padding apart, each column has its weight's part."""
    part = (width - 2 * _PADDING * len(weights)) / sum(weights)
    edges, so_far = [0], 0.0
    for weight in weights:
        so_far += 2 * _PADDING + weight * part
        edges.append(twips(so_far))
    return [after - before for before, after in pairwise(edges)]


def _row_xml(row: Row, columns: Sequence[int], size: float) -> str:
    if sum(cell.span for cell in row.cells) != len(columns):
        raise ValueError("A row must fill the columns of its table.")
    head = "<w:tblHeader/>" if row.is_head else ""
    height = f'<w:trHeight w:val="{twips(row.height)}" w:hRule="atLeast"/>' if row.height else ""
    place, cells = 0, []
    for cell in row.cells:
        cells.append(_cell_xml(cell, sum(columns[place : place + cell.span]), size, row.keeps))
        place += cell.span
    whole = "" if row.splits else "<w:cantSplit/>"
    return f"<w:tr><w:trPr>{whole}{height}{head}</w:trPr>{''.join(cells)}</w:tr>"


def _cell_xml(cell: Cell, width: int, size: float, keeps: bool) -> str:
    span = f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else ""
    style = cell_style(size, is_head=cell.is_head, align=cell.align)
    text = "" if cell.text is None else str(cell.text)
    keep = "<w:keepNext/>" if keeps else ""
    lines = "".join(paragraph_xml(style, line, properties=keep) for line in text.split("\n"))
    place = "top" if cell.top else "center"
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}'
        f'<w:vAlign w:val="{place}"/></w:tcPr>{lines}</w:tc>'
    )
