"""The circular as a Word file in the official layout."""

import datetime as dt
import io
from collections.abc import Mapping, Sequence

from reports.circulars.basis import rollup_of
from reports.circulars.table import paper_columns, printed_rows
from reports.circulars.wording import HEADINGS, RATES_NOTE, Point, annex_title, text_of
from reports.documents.official import OfficialPaper
from reports.models import Circular, CircularPassage


def circular_paper(
    circular: Circular,
    passages: Sequence[CircularPassage],
    names: Mapping[int, str],
    now: dt.datetime,
) -> bytes:
    """The .docx; a circular that is not issued has no number and a blank date.

    ``names`` are the units' names of that time by id, in official order; ``now`` is aware.
    """
    paper = OfficialPaper(title=circular.title, created=now, author=circular.sender)
    if circular.number:
        paper.number(circular.number)
    paper.addressee(circular.addressee)
    text = text_of(circular, passages, names)
    paper.paragraph(text.opening)
    paper.heading(HEADINGS[0])
    for sentence in text.situation:
        paper.paragraph(sentence)
    for heading, points in text.sections():
        if points:
            paper.heading(heading)
            _write(paper, points)
    title = annex_title(circular.year, circular.period)
    paper.attachments([title])
    paper.signature(circular.sender, circular.issued_on)
    if circular.also_sent:
        paper.paragraph(f"抄送：{circular.also_sent}")
    paper.annex("附件", title, landscape=True)
    paper.table(paper_columns(), printed_rows(rollup_of(circular, now)))
    paper.note(_basis(circular))
    stream = io.BytesIO()
    paper.save(stream)
    return stream.getvalue()


def _write(paper: OfficialPaper, points: Sequence[Point]) -> None:
    for point in points:
        if point.title:
            paper.heading(point.title, level=2)
        paper.paragraph(point.text)


def _basis(circular: Circular) -> str:
    day = circular.closing.as_of
    until = f"{day.year}年{day.month}月{day.day}日"
    return f"统计截至{until}，按规定的单位顺序排列，不作排名。{RATES_NOTE}。"
