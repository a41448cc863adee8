"""The typography of official papers, GB/T 9704-2012: fonts, sizes, pitches as Word styles.

Fonts are named and never shipped; a machine without one takes the nearest it has.
"""

from dataclasses import dataclass
from typing import Literal

from docx.oxml.ns import nsdecls

Align = Literal["left", "center", "right", "both"]

FANG_SONG, KAI, HEI, SONG = "仿宋", "楷体", "黑体", "宋体"
TITLE_SONG = "方正小标宋简体"
# Names under which offices know the same faces.
_ALSO_KNOWN = {FANG_SONG: "仿宋_GB2312", KAI: "楷体_GB2312", TITLE_SONG: "小标宋"}

SIZE = 16.0  # 三号, points
# 29 pt, the standard's round figure, leaves room for 21 lines only.
LINE_PITCH = 28.95
# 28 characters of 16 pt are 448 pt, the type area is 442.2 pt wide.
SPACING = -0.25
CHARACTERS, LINES = 28, 22
CHARACTER = SIZE + SPACING  # the width of one, points


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style; sizes in points, `indent` in characters of the body."""

    key: str
    name: str
    font: str = FANG_SONG
    size: float = SIZE
    pitch: float = LINE_PITCH
    spacing: float = SPACING
    align: Align = "both"
    indent: int = 0
    outline: int | None = None
    keep_next: bool = False
    after: float = 0


BODY = Style("Body", "公文正文", indent=2)
FLUSH = Style("Flush", "公文顶格", align="left")
CENTRED = Style("Centred", "公文居中", align="center")
TITLE = Style("PaperTitle", "公文标题", TITLE_SONG, 22, spacing=0, align="center", keep_next=True)
HEADINGS = tuple(
    Style(f"Level{level}", f"公文{level}级标题", font, indent=2, outline=level - 1, keep_next=True)
    for level, font in enumerate((HEI, KAI, FANG_SONG, FANG_SONG), start=1)
)
LABEL = Style("Label", "附件序号", HEI, align="left", keep_next=True)
SIGNED = Style("Signed", "公文落款", align="right")
FOOTER = Style("Footer", "footer", SONG, 14, pitch=16, spacing=0, align="left")
# Carries a section's end behind a table: without it Word adds a line, and with it a page.
END = Style("SectionEnd", "节末", size=1, pitch=1, spacing=0)
FORM_TITLE = Style(
    "FormTitle", "表格标题", TITLE_SONG, 18, pitch=27, spacing=0, align="center",
    keep_next=True, after=6,
)  # fmt: skip
FORM_LINE = Style("FormLine", "表格栏外", size=12, pitch=20, spacing=0, align="left")
NOTE = Style("Note", "表注", size=12, pitch=18, spacing=0)
TABLE_SIZES = (14.0, 12.0, 10.5, 9.0)


def cell_style(size: float, *, is_head: bool, align: Align) -> Style:
    """The style of a table's cell. The pitch is exact, so that every font gives the same rows."""
    kind, name, font = ("Head", "表头", HEI) if is_head else ("Cell", "表文", FANG_SONG)
    half_points = round(size * 2)
    return Style(
        f"{kind}{half_points}{align}",
        f"{name} {size:g} {align}",
        font,
        size,
        pitch=round(size * 1.3, 1),
        spacing=0,
        align=align,
    )


ALL = (
    BODY, FLUSH, CENTRED, TITLE, *HEADINGS, LABEL, SIGNED, FOOTER, END, FORM_TITLE,
    FORM_LINE, NOTE,
    *(
        cell_style(size, is_head=is_head, align=align)
        for size in TABLE_SIZES
        for is_head in (False, True)
        for align in ("left", "center", "right")
    ),
)  # fmt: skip


def twips(points: float) -> int:
    """Word counts in twentieths of a point."""
    return round(points * 20)


def styles_xml() -> str:
    """`w:styles` with these styles and nothing else."""
    return (
        f"<w:styles {nsdecls('w')}><w:docDefaults><w:rPrDefault><w:rPr>{_fonts(FANG_SONG)}"
        '<w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault><w:pPrDefault/>'
        '</w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal">'
        f'<w:name w:val="Normal"/><w:pPr><w:widowControl w:val="0"/>{_pitch(LINE_PITCH)}</w:pPr>'
        f"<w:rPr>{_letters(FANG_SONG, SIZE, SPACING)}</w:rPr></w:style>"
        '<w:style w:type="table" w:default="1" w:styleId="PlainTable">'
        '<w:name w:val="Normal Table"/>'
        "</w:style>" + "".join(map(_style_xml, ALL)) + "</w:styles>"
    )


def font_table_xml() -> bytes:
    """`w:fonts`: the faces named above with the names they are known by besides."""
    fonts = "".join(
        f'<w:font w:name="{name}">'
        + (f'<w:altName w:val="{_ALSO_KNOWN[name]}"/>' if name in _ALSO_KNOWN else "")
        + '<w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>'
        for name in (FANG_SONG, KAI, HEI, SONG, TITLE_SONG)
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return f"{head}<w:fonts {nsdecls('w')}>{fonts}</w:fonts>".encode()


def _style_xml(style: Style) -> str:
    keep = "<w:keepNext/>" if style.keep_next else ""
    indent = (
        f'<w:ind w:firstLineChars="{style.indent * 100}" '
        f'w:firstLine="{twips(style.indent * CHARACTER)}"/>'
        if style.indent
        else ""
    )
    outline = "" if style.outline is None else f'<w:outlineLvl w:val="{style.outline}"/>'
    custom = "" if style is FOOTER else ' w:customStyle="1"'
    return (
        f'<w:style w:type="paragraph"{custom} w:styleId="{style.key}">'
        f'<w:name w:val="{style.name}"/><w:basedOn w:val="Normal"/><w:qFormat/>'
        f"<w:pPr>{keep}{_pitch(style.pitch, style.after)}{indent}"
        f'<w:jc w:val="{style.align}"/>{outline}</w:pPr>'
        f"<w:rPr>{_letters(style.font, style.size, style.spacing)}</w:rPr></w:style>"
    )


def _pitch(points: float, after: float = 0) -> str:
    """Exact, off the grid; no sign hangs in the margin, none is squeezed, none gets air."""
    return (
        '<w:overflowPunct w:val="0"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'
        '<w:snapToGrid w:val="0"/>'
        f'<w:spacing w:before="0" w:after="{twips(after)}" '
        f'w:line="{twips(points)}" w:lineRule="exact"/>'
    )


def _letters(font: str, size: float, spacing: float) -> str:
    half_points = round(size * 2)
    return (
        f'{_fonts(font)}<w:spacing w:val="{twips(spacing)}"/><w:kern w:val="0"/>'
        f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'
    )


def _fonts(font: str) -> str:
    names = " ".join(f'w:{part}="{font}"' for part in ("ascii", "hAnsi", "eastAsia", "cs"))
    return f'<w:rFonts {names} w:hint="eastAsia"/>'
