"""Papers as LibreOffice prints them: their lines, where these stand, and pictures to look at."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from unittest.mock import patch

import pypdfium2

from tests.services.libreoffice import convert_all

FONTS = Path(__file__).with_name("fontconfig.xml")
# Baselines closer than this (points) are one line.
_ONE_LINE = 4.0


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line; points from the left and from the top edge of the page."""

    text: str
    left: float
    right: float
    top: float


def printed(data: bytes, folder: Path, name: str = "paper.docx") -> Path:
    """The .pdf of an office file, in `folder`; the faces papers name are stood in for."""
    return printed_together({name: data}, folder)[name]


def printed_together(papers: Mapping[str, bytes], folder: Path) -> dict[str, Path]:
    """The .pdf of each office file by the file's name, printed in one go."""
    folder.mkdir(parents=True, exist_ok=True)
    sources = [folder / name for name in papers]
    for source in sources:
        source.write_bytes(papers[source.name])
    with patch.dict(os.environ, FONTCONFIG_FILE=str(FONTS)):
        return dict(zip(papers, convert_all(sources, "pdf", folder), strict=True))


def pages_of(pdf: Path) -> int:
    with pypdfium2.PdfDocument(pdf) as document:
        return len(document)


def size_of(pdf: Path, page: int = 0) -> tuple[float, float]:
    """Width and height of the page in millimetres."""
    with pypdfium2.PdfDocument(pdf) as document:
        width, height = document[page].get_size()
    return width / 72 * 25.4, height / 72 * 25.4


def lines_of(pdf: Path, page: int = 0) -> list[Line]:
    """The lines of a page (0 is the first) from top to bottom; cells side by side are one line."""
    with pypdfium2.PdfDocument(pdf) as document:
        sheet = document[page]
        height = sheet.get_height()
        text = sheet.get_textpage()
        signs = [
            (text.get_text_range(place, 1), text.get_charbox(place, loose=True))
            for place in range(text.count_chars())
        ]
    rows: list[tuple[float, list[tuple[float, float, str]]]] = []
    for sign, (left, bottom, right, _) in signs:
        if not sign.strip():
            continue
        row = next((row for row in rows if abs(row[0] - bottom) < _ONE_LINE), None)
        if row is None:
            row = (bottom, [])
            rows.append(row)
        row[1].append((left, right, sign))
    return [
        Line(
            text="".join(sign for _, _, sign in sorted(found)),
            left=min(found)[0],
            right=max(right for _, right, _ in found),
            top=height - bottom,
        )
        for bottom, found in sorted(rows, key=lambda row: -row[0])
    ]


def text_of(pdf: Path) -> str:
    """All that is printed, without blanks and line breaks."""
    return "".join(line.text for page in range(pages_of(pdf)) for line in lines_of(pdf, page))


def picture_of(pdf: Path, page: int = 0) -> bytes:
    """The page as a PNG of about 1,240 × 1,754 pixels."""
    memory = BytesIO()
    with pypdfium2.PdfDocument(pdf) as document:
        document[page].render(scale=150 / 72).to_pil().save(memory, format="PNG")
    return memory.getvalue()
