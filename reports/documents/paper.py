"""A Word file of A4 pages with the styles, margins and page numbers of official papers.

python-docx keeps the package, its sections and footers. The body is text until the file is written:
as elements, a table of a province's units takes minutes.
"""

import re
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
from docx.section import Section
from docx.shared import Mm
from lxml import etree

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
_TAG = re.compile("<[^>]*>")
_BODY = b"<w:body>"
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
        self._blocks: list[str] = []
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

    def add(self, *blocks: str) -> None:
        """Append paragraphs and tables, one string of XML each, with the prefix ``w:``."""
        self._blocks += blocks

    def new_section(self, *, landscape: bool) -> None:
        """Go on on a new page, of another direction perhaps; the page numbers go on too."""
        if not self._blocks or not self._blocks[-1].startswith("<w:p>"):
            self.add(paragraph_xml(END, ""))
        section = etree.tostring(self._sect_pr, encoding="unicode")
        self._blocks[-1] = self._blocks[-1].replace("</w:pPr>", f"{section}</w:pPr>", 1)
        for footer in self._sect_pr.xpath("w:footerReference"):  # the next one inherits them
            self._sect_pr.remove(footer)
        self._section.start_type = WD_SECTION.NEW_PAGE
        self._set_page(landscape=landscape)

    def keep_end(self) -> None:
        """What follows stays on the page of the last text: of the last short paragraph, and of
        whatever stands flush left (attachments) between. A long one would be moved whole."""
        for place in range(len(self._blocks) - 1, -1, -1):
            block = self._blocks[place]
            if not block.startswith("<w:p>") or len(_TAG.sub("", block)) > _SHORT:
                break
            if "<w:keepNext/>" not in block:
                self._blocks[place] = block.replace("/>", "/><w:keepNext/>", 1)
            if f'<w:pStyle w:val="{FLUSH.key}"/>' not in block:
                break

    def save(self, stream: BinaryIO) -> None:
        """Write the file. The same paper gives the same bytes."""
        if self._blocks and self._blocks[-1].startswith("<w:tbl>"):
            self.add(paragraph_xml(END, ""))  # Word wants a paragraph behind a table
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
                data = changed.get(name) or source.read(name)
                if name == "word/document.xml":
                    data = data.replace(_BODY, _BODY + "".join(self._blocks).encode(), 1)
                target.writestr(part, data)

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
