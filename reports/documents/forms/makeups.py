"""补学登记表, across the page. Signed by those who made up: a Word file."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _

from reports.documents.forms.frame import SIGN_HEIGHT, FormPaper, heads
from reports.documents.tables import Cell, Row
from sessions.makeups.rows import MakeupRow

WEIGHTS = (2.2, 4.5, 8.2, 5.6, 11.0, 4.5, 5.6, 5.6, 4.5, 5.0, 4.5, 5.6)
BLANK_LINES = 15


def makeup_paper(rows: Sequence[MakeupRow], *, group: str, chosen: str, created: datetime) -> bytes:
    """The absences as a .docx; without any, ruled for fifteen. `chosen` is what they are."""
    paper = FormPaper(
        group=group,
        name=_("补学登记表"),
        created=created,
        landscape=True,
    )
    if chosen:
        paper.line((_("范围"), chosen))
    lines = [_row(number, row) for number, row in enumerate(rows, start=1)]
    blank = [
        Row([Cell(number), *[Cell()] * 11], SIGN_HEIGHT) for number in range(1, BLANK_LINES + 1)
    ]
    paper.table(
        WEIGHTS,
        [
            heads(
                _("序号"), _("姓名"), _("职务"), _("学习时间"), _("学习主题"), _("缺勤情况"),
                _("补学期限"), _("补学日期"), _("补学方式"), _("本人签字"), _("确认人"),
                _("确认日期"),
            ),
            *(lines or blank),
        ],
    )  # fmt: skip
    paper.note(_("注：补学经确认后计入参学率，不计入到会率和集中学习次数。"))
    return paper.data()


def _row(number: int, row: MakeupRow) -> Row:
    cells = (
        Cell(number),
        Cell(row.name),
        Cell(row.post, align="left"),
        Cell(_day(row.day)),
        Cell(row.theme, align="left"),
        Cell(row.why),
        Cell(_day(row.deadline)),
        Cell(_day(row.made_on)),
        Cell(row.method),
        Cell(),
        Cell(row.confirmer),
        Cell(_day(row.confirmed_on)),
    )
    return Row(cells, SIGN_HEIGHT)


def _day(day: date | None) -> str:
    return f"{day:%Y-%m-%d}" if day else ""
