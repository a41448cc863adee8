"""签到（考勤）表, across the page. Signed by hand: a Word file."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from reports.documents.forms.frame import SIGN_HEIGHT, FormPaper, heads
from reports.documents.tables import Cell, Row
from sessions.printing.contents import SignInSheet
from sessions.printing.sheets import SignLine

WEIGHTS = (2.2, 5.0, 10.0, 7.0, 4.5, 5.0, 8.0, 4.5, 6.5, 4.0)
BLANK_LINES = 15
_GAP = "＿＿＿"


def sign_in_paper(sheet: SignInSheet, *, created: datetime) -> bytes:
    """The sheet as a .docx; one without lines is ruled for fifteen people."""
    paper = FormPaper(
        group=sheet.group,
        name=_("学习签到（考勤）表"),
        created=created,
        landscape=True,
    )
    paper.line((_("学习时间"), sheet.when), (_("地点"), sheet.place), (_("主持人"), sheet.chair))
    paper.line((_("学习主题"), sheet.theme))
    lines = sheet.lines or (SignLine(),) * BLANK_LINES
    paper.table(
        WEIGHTS,
        [
            heads(
                _("序号"), _("姓名"), _("职务"), _("签到"), _("出勤情况"), _("请假类别"),
                _("事由"), _("批准人"), _("补学情况"), _("备注"),
            ),
            *(_row(number, line) for number, line in enumerate(lines, start=1)),
        ],
    )  # fmt: skip
    paper.signed(*_counts(sheet), _("学习秘书（签字）：%s") % (_GAP * 2))
    return paper.data()


def _row(number: int, line: SignLine) -> Row:
    cells = (
        Cell(number),
        Cell(line.name),
        Cell(line.post, align="left"),
        Cell(),
        Cell(line.status),
        Cell(line.leave_kind),
        Cell(line.reason, align="left"),
        Cell(line.approver),
        Cell(line.makeup, align="left"),
        Cell(),
    )
    return Row(cells, SIGN_HEIGHT)


def _counts(sheet: SignInSheet) -> Sequence[str]:
    took_part = sheet.took_part
    numbers: tuple[tuple[str, int | None], ...] = (
        (_("应到 %s 人"), sheet.due),
        (_("实到 %s 人"), len(took_part.here) if took_part else None),
        (_("请假 %s 人"), took_part.leave if took_part else None),
        (_("缺席 %s 人"), took_part.absent if took_part else None),
    )
    return [words % (_GAP if number is None else number) for words, number in numbers]
