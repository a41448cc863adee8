"""成员名册, across the page. Sealed and filed with the department: a Word file."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _

from reports.documents.forms.frame import DATE_GAP, SIGN_HEIGHT, FormPaper, heads
from reports.documents.tables import Cell, Row
from sessions.printing.contents import day_text
from units.models import RosterEntry

WEIGHTS = (2.2, 5.0, 12.0, 5.0, 8.6, 5.6, 5.6, 9.8, 6.0)
BLANK_LINES = 14


def roster_paper(
    entries: Sequence[RosterEntry], *, group: str, day: date | None, created: datetime
) -> bytes:
    """Who is in office on the day, as a .docx; without anybody, ruled for fourteen."""
    paper = FormPaper(
        group=group,
        name=_("成员名册"),
        created=created,
        landscape=True,
    )
    paper.line((_("截止日期"), day_text(day) or DATE_GAP))
    lines = [_row(number, entry) for number, entry in enumerate(entries, start=1)]
    paper.table(
        WEIGHTS,
        [
            heads(
                _("序号"), _("姓名"), _("职务"), _("中心组职务"), _("分管工作"), _("任职起"),
                _("任职止"), _("任免文号"), _("备注"),
            ),
            *(lines or _blank_lines()),
        ],
    )  # fmt: skip
    paper.signed(_("单位（盖章）："), _("填报日期：%s") % DATE_GAP)
    return paper.data()


def _row(number: int, entry: RosterEntry) -> Row:
    cells = (
        Cell(number),
        Cell(entry.person.name),
        Cell(entry.post, align="left"),
        Cell(entry.get_role_display()),
        Cell(entry.portfolio, align="left"),
        Cell(f"{entry.start_date:%Y-%m-%d}"),
        Cell(f"{entry.end_date:%Y-%m-%d}" if entry.end_date else ""),
        Cell(entry.appointment_no, align="left"),
        Cell(entry.note, align="left"),
    )
    return Row(cells, SIGN_HEIGHT)


def _blank_lines() -> list[Row]:
    empty = [Cell()] * (len(WEIGHTS) - 1)
    return [Row([Cell(number), *empty], SIGN_HEIGHT) for number in range(1, BLANK_LINES + 1)]
