"""学习记录. Signed by chair and secretary: a Word file."""

from datetime import datetime

from django.utils.translation import gettext as _

from reports.documents.forms.frame import GAP, LINE_HEIGHT, FormPaper, labelled
from reports.documents.tables import Cell, Row
from sessions.printing.contents import RecordSheet, Said

WEIGHTS = (6.6, 13.0, 5.0, 9.6)
_TALL, _BLANK_TALL = 90.0, 130.0


def record_paper(record: RecordSheet, *, created: datetime) -> bytes:
    """The record as a .docx; the rows of a blank one fill the page."""
    paper = FormPaper(
        group=record.group,
        name=_("学习记录"),
        created=created,
        landscape=False,
    )
    facts = [(said.label, said.text) for said in record.facts]
    rows = [labelled(*facts[place : place + 2]) for place in range(0, len(facts), 2)]
    rows += [_row(said) for said in record.said]
    paper.table(WEIGHTS, rows, size=12)
    paper.signed(_("主持人（签字）：%s") % GAP, _("记录人（签字）：%s") % GAP)
    return paper.data()


def _row(said: Said) -> Row:
    height = LINE_HEIGHT
    if said.is_tall:
        height = _TALL if said.text else _BLANK_TALL
    cells = [
        Cell(said.label, is_head=True),
        Cell(said.text, span=3, align="left", top=said.is_tall),
    ]
    return Row(cells, height, splits=True)
