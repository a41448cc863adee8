"""巡听旁听反馈表. Signed by the listeners: a Word file."""

from datetime import datetime

from django.utils.translation import gettext as _

from reports.documents.forms.frame import GAP, LINE_HEIGHT, WRITE_HEIGHT, FormPaper, labelled
from reports.documents.tables import Cell, Row
from reports.sitins.sheet import FeedbackSheet

WEIGHTS = (5.0, 12.0, 5.0, 10.0)


def feedback_paper(sheet: FeedbackSheet, *, created: datetime) -> bytes:
    """The form as a .docx; what is not said yet leaves room to write in."""
    paper = FormPaper(
        group=_("党委（党组）理论学习中心组"),
        name=_("巡听旁听反馈表"),
        created=created,
        landscape=False,
    )
    paper.table(
        WEIGHTS,
        [
            labelled((_("单位"), sheet.unit), (_("时间"), sheet.when), height=LINE_HEIGHT * 1.4),
            labelled((_("主题"), sheet.theme), span=3, height=LINE_HEIGHT * 1.4),
            labelled((_("主持人"), sheet.chair), (_("应到/实到"), sheet.turnout),
                     height=LINE_HEIGHT * 1.4),
            *(_row(label, text) for label, text in sheet.said),
            labelled((_("旁听人"), sheet.listeners), (_("反馈日期"), sheet.fed_back_on),
                     height=LINE_HEIGHT * 1.4),
        ],
        size=12,
    )  # fmt: skip
    paper.signed(_("旁听人（签字）：%s") % GAP)
    return paper.data()


def _row(label: str, text: str) -> Row:
    cells = [Cell(label, is_head=True), Cell(text, span=3, align="left")]
    return Row(cells, WRITE_HEIGHT, splits=True)
