"""The report as a Word file in the official layout: figures filled in, people's texts in place.

What nobody has written yet stands as a marked blank, so that it is seen on paper.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO

from reports.documents.official import Column, OfficialPaper
from reports.yearly import doings, situation
from reports.yearly.figures import YearFigures
from reports.yearly.groups import grouped
from reports.yearly.layouts import headings
from reports.yearly.phrases import day
from reports.yearly.spans import ANNUAL

SITUATION = (
    ("学习组织", situation.times),
    ("学习内容", situation.contents),
    ("学习形式", situation.forms),
    ("研讨发言和个人学习", situation.speeches),
)
TOLD = {
    "practice": doings.practice,
    "results": doings.results,
    "problems": doings.problems,
}
FORMULAS = (
    "1. 到会率＝实到人次÷（应到人次－不计入人次）；参学率＝（实到人次＋已确认补学人次）÷"
    "（应到人次－不计入人次）。按人次合计后相除，保留两位小数四舍五入。\n"
    "2. 天数为半天数之和除以2。相关活动分开登记，不计入集中学习。\n"
    "3. 批示、刊发、获奖只作情况反映，不计分、不排名。"
)


@dataclass(frozen=True, slots=True)
class Written:
    """What a report says besides figures.

    `texts` maps a section's key to what people typed; `required` are the keys of sections that
    must not stay empty; `duties` are sentences on the two systems of responsibility. `signed_on`
    is None while the report has not been handed in: the date is left for a hand.
    """

    unit: str
    category: str
    year: int
    kind: str
    addressee: str
    opening: str
    texts: Mapping[str, str]
    required: frozenset[str] = frozenset()
    duties: tuple[str, ...] = ()
    signed_on: dt.date | None = None


def report_paper(figures: YearFigures | None, written: Written, *, created: dt.datetime) -> bytes:
    """The .docx. Without figures (a unit that owes nothing) only the texts are there.

    `created` is local time; the same input gives the same bytes.
    """
    paper = OfficialPaper(title=title_of(written), created=created, author=written.unit)
    paper.addressee(written.addressee)
    paper.paragraph(written.opening)
    for key, text in headings(written.category):
        _section(paper, key, text, figures, written)
    paper.paragraph("特此报告。")
    if figures is not None:
        paper.attachments([_annex_title(figures)])
    paper.signature(written.unit, written.signed_on)
    if figures is not None:
        _annex(paper, figures)
    memory = BytesIO()
    paper.save(memory)
    return memory.getvalue()


def title_of(written: Written) -> str:
    """Two lines: whose, and what of which year."""
    return f"{written.unit}\n理论学习中心组{_when(written.year, written.kind)}学习情况报告"


def _when(year: int, kind: str) -> str:
    return f"{year}年" if kind == ANNUAL else f"{year}年上半年"


def _section(
    paper: OfficialPaper, key: str, heading: str, figures: YearFigures | None, written: Written
) -> None:
    typed = written.texts.get(key, "").strip()
    told = _told(key, figures, written)
    paper.heading(heading)
    if typed:
        paper.paragraph(typed)
    elif key in written.required or not (told or (key == "situation" and figures)):
        paper.paragraph(blank(heading))
    if key == "situation" and figures is not None:
        _situation(paper, figures)
    elif told:
        paper.paragraph(told)


def blank(heading: str) -> str:
    """What stands where a section is still to be written."""
    return f"【此处待填写：{heading}】"


def _told(key: str, figures: YearFigures | None, written: Written) -> str:
    sentences = list(TOLD[key](figures)) if figures is not None and key in TOLD else []
    duties = list(written.duties) if key == "practice" else []
    return "".join(sentences[:1] + duties + sentences[1:])


def _situation(paper: OfficialPaper, figures: YearFigures) -> None:
    for heading, tell in SITUATION:
        sentences = "".join(tell(figures))
        if sentences:
            paper.heading(heading, level=2)
            paper.paragraph(sentences)


def _annex_title(figures: YearFigures) -> str:
    about = figures.about
    return f"{_when(about.year, about.kind)}理论学习中心组学习情况数据表"


def _annex(paper: OfficialPaper, figures: YearFigures) -> None:
    paper.annex("附件", _annex_title(figures))
    columns = [
        Column("类别", 6, "left"),
        Column("项目", 14, "left"),
        Column("数据", 5, "right"),
        Column("单位", 3),
    ]
    paper.table(columns, _annex_rows(figures))
    about = figures.about
    closed = f"数据取自{day(about.closed_on)}封账结果。" if about.closed_on else ""
    rules = f"口径依据：{about.rule_set}。" if about.rule_set else ""
    paper.note(f"统计截至{about.as_of.year}年{day(about.as_of)}。{closed}{rules}\n{FORMULAS}")


def _annex_rows(figures: YearFigures) -> Iterator[tuple[object, ...]]:
    """Every figure that is not 0, the number of sessions in any case; a heading once.

    What does not count is told on the page alone.
    """
    for title, found in grouped(figures):
        shown = [
            one
            for one in found
            if one.key == "sessions" or (one.shown not in {"0", "—"} and one.key != "left_out")
        ]
        for place, figure in enumerate(shown):
            yield "" if place else title, figure.label, figure.shown, figure.measure or "—"
