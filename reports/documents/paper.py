"""A Word file of A4 pages with the styles, margins and page numbers of official papers.

python-docx keeps the package; the body is written as XML, because a table of a county's units
would take minutes cell by cell.
"""

import zipfile
from datetime import UTC, datetime
from io import BytesIO
from typing import BinaryIO, NamedTuple
from xml.sax.saxutils import escape

import docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import parse_xml
from docx.oxml.section import CT_SectPr
from docx.oxml.text.paragraph import CT_P
from docx.section import Section
from docx.shared import Mm
from docx.text.paragraph import Paragraph

from reports.documents.styles import (
    END,
    FLUSH,
    FOOTER,
    Align,
    Style,
    font_table_xml,
    styles_xml,
    twips,
)
from reports.documents.wording import clean

APPLICATION = "中心组学习管理平台"
PAGE_WIDTH, PAGE_HEIGHT = 210, 297  # mm
# The page number's line lies 7 mm below the type area (GB/T 9704-2012, 7.5).
_FOOTER_DISTANCE = 25
_FOOTER_DISTANCE_NARROW = 8
# Six lines of 28 characters.
_SHORT = 168
_KEPT_PARTS = frozenset({RT.STYLES, RT.SETTINGS, RT.FONT_TABLE, RT.THEME})
_APP_XML = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns="http://schemas.'
    'openxmlformats.org/officeDocument/2006/extended-properties">'
    f"<Application>{APPLICATION}</Application></Properties>"
).encode()


class Margins(NamedTuple):
    """Millimetres."""

    top: float
    bottom: float
    left: float
    right: float

    def turned(self) -> "Margins":
        """Of a page turned clockwise: the edge that is bound stays the same edge of the sheet."""
        return Margins(top=self.left, bottom=self.right, left=self.bottom, right=self.top)


OFFICIAL = Margins(37, 35, 28, 26)


class Paper:
    """Pages filled from top to bottom. `created` dates the file; nothing here reads the clock."""

    def __init__(
        self,
        *,
        title: str,
        author: str,
        created: datetime,
        margins: Margins = OFFICIAL,
        landscape: bool = False,
    ) -> None:
        self._created, self._margins = created, margins
        self._document = docx.Document()
        self._drop_template()
        self._set_page(landscape=landscape)
        self._number_pages()
        properties = self._document.core_properties
        properties.title = clean(title).replace("\n", "")[:255]
        properties.author = properties.last_modified_by = clean(author)[:255]
        properties.created = properties.modified = created.astimezone(UTC).replace(tzinfo=None)
        properties.comments = ""

    @property
    def width(self) -> float:
        """Of the type area of the current page, in points."""
        section = self._section
        return float(_emu(section.page_width) - _emu(section.left_margin)
                     - _emu(section.right_margin)) / 12700  # fmt: skip

    def add(self, xml: str) -> None:
        """Append block elements, written with the prefix ``w:``."""
        root = parse_xml(f"<w:root {nsdecls('w')}>{xml}</w:root>")
        body = self._document.element.body
        for element in list(root):
            body.sectPr.addprevious(element)

    def new_section(self, *, landscape: bool) -> None:
        """Go on on a new page, of another direction perhaps; the page numbers go on too."""
        body = self._document.element.body
        self._close_table()
        last = body.sectPr.getprevious()
        body.add_section_break()
        holder = body.sectPr.getprevious()
        if last is not None and last.tag == qn("w:p") and last.find(f".//{qn('w:sectPr')}") is None:
            sect_pr = holder.find(f".//{qn('w:sectPr')}")
            last.get_or_add_pPr().append(sect_pr)
            body.remove(holder)
        self._section.start_type = WD_SECTION.NEW_PAGE
        self._set_page(landscape=landscape)

    def keep_end(self) -> None:
        """What follows stays on the page of the last text: of the last short paragraph, and of
        whatever stands flush left (attachments) between. A long one would be moved whole."""
        element = self._sect_pr.getprevious()
        while isinstance(element, CT_P) and len(element.text) <= _SHORT:
            Paragraph(element, self._document).paragraph_format.keep_with_next = True
            if element.style != FLUSH.key:
                break
            element = element.getprevious()

    def save(self, stream: BinaryIO) -> None:
        """Write the file. The same paper gives the same bytes."""
        self._close_table()
        memory = BytesIO()
        self._document.save(memory)
        changed = {"word/fontTable.xml": font_table_xml(), "docProps/app.xml": _APP_XML}
        with (
            zipfile.ZipFile(memory) as source,
            zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target,
        ):
            for name in source.namelist():
                part = zipfile.ZipInfo(name, self._created.timetuple()[:6])
                part.compress_type = zipfile.ZIP_DEFLATED
                target.writestr(part, changed.get(name) or source.read(name))

    @property
    def _section(self) -> Section:
        return self._document.sections[-1]

    def _drop_template(self) -> None:
        """Take out what python-docx's template brings along: its styles, grid and picture."""
        part = self._document.part
        for key, relation in list(part.rels.items()):
            if relation.reltype not in _KEPT_PARTS:
                part.rels.pop(key)
        package = part.package.rels
        for key, relation in list(package.items()):
            if relation.reltype == RT.THUMBNAIL:
                package.pop(key)
        styles = self._document.styles.element
        styles[:] = list(parse_xml(styles_xml()))
        settings = self._document.settings.element
        for mode in settings.iter(qn("w:compatSetting")):
            if mode.get(qn("w:name")) == "compatibilityMode":
                mode.set(qn("w:val"), "15")
        for language in settings.iter(qn("w:themeFontLang")):
            language.set(qn("w:eastAsia"), "zh-CN")
        for grid in self._sect_pr.findall(qn("w:docGrid")):
            self._sect_pr.remove(grid)

    @property
    def _sect_pr(self) -> CT_SectPr:
        properties: CT_SectPr = self._document.element.body.sectPr
        return properties

    def _set_page(self, *, landscape: bool) -> None:
        section = self._section
        margins = self._margins.turned() if landscape else self._margins
        width, height = (PAGE_HEIGHT, PAGE_WIDTH) if landscape else (PAGE_WIDTH, PAGE_HEIGHT)
        section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = Mm(width), Mm(height)
        section.top_margin, section.bottom_margin = Mm(margins.top), Mm(margins.bottom)
        section.left_margin, section.right_margin = Mm(margins.left), Mm(margins.right)
        section.header_distance = Mm(10)
        section.footer_distance = Mm(
            _FOOTER_DISTANCE if margins.bottom >= OFFICIAL.bottom else _FOOTER_DISTANCE_NARROW
        )
        section.gutter = Mm(0)

    def _number_pages(self) -> None:
        """— 1 —, on odd pages at the right edge, on even ones at the left, one character in."""
        self._document.settings.odd_and_even_pages_header_footer = True
        section = self._section
        for footer, align, side in (
            (section.footer, "right", "right"),
            (section.even_page_footer, "left", "left"),
        ):
            footer.is_linked_to_previous = False
            root = footer._element  # python-docx offers no public way to it
            root[:] = list(
                parse_xml(f"<w:root {nsdecls('w')}>{_page_number(align, side)}</w:root>")
            )

    def _close_table(self) -> None:
        """A table needs a paragraph behind it; this one takes no room."""
        last = self._sect_pr.getprevious()
        if last is not None and last.tag == qn("w:tbl"):
            self.add(paragraph_xml(END, ""))


def paragraph_xml(
    style: Style, text: str, *, properties: str = "", align: Align | None = None
) -> str:
    """A paragraph in a style; `properties` is more of `w:pPr`, a line break in the text is one."""
    jc = f'<w:jc w:val="{align}"/>' if align else ""
    runs = '<w:br/>'.join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' if line else ""
                          for line in clean(text).split("\n"))  # fmt: skip
    run = f'<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>{runs}</w:r>' if runs else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style.key}"/>{properties}{jc}</w:pPr>{run}</w:p>'


def indent_xml(*, left: float = 0, right: float = 0, hanging: float = 0) -> str:
    """`w:ind` of points; `hanging` draws the first line out to the left."""
    drawn = f' w:hanging="{twips(hanging)}"' if hanging else ' w:firstLine="0"'
    return f'<w:ind w:left="{twips(left)}" w:right="{twips(right)}"{drawn}/>'


def _page_number(align: str, side: str) -> str:
    run = '<w:r><w:t xml:space="preserve">{}</w:t></w:r>'
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{FOOTER.key}"/>'
        f'<w:ind w:{side}Chars="100" w:{side}="{twips(FOOTER.size)}"/>'
        f'<w:jc w:val="{align}"/></w:pPr>'
        f"{run.format('— ')}"
        '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
        f"{run.format(' —')}</w:p>"
    )


def _emu(length: int | None) -> int:
    if length is None:
        raise ValueError("The page has no size yet.")
    return length
