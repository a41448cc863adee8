"""请假单, two on a page. Signed by the member and by whoever grants it: a Word file."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from reports.documents.forms.frame import DATE_GAP, GAP, FormPaper, labelled
from reports.documents.tables import Cell, Row
from sessions.printing.leave import KINDS, LeaveSlip

WEIGHTS = (5.0, 10.0, 4.2, 12.8)
_HEIGHT, _SIGN_HEIGHT = 22.0, 50.0
_CUT = "－ " * 26


def leave_paper(slips: Sequence[LeaveSlip], *, created: datetime) -> bytes:
    """The slips as a .docx, at least one."""
    title = _("请假单")
    paper = FormPaper(group="", name=title, created=created, landscape=False)
    for place, slip in enumerate(slips):
        if place:
            if place % 2:
                paper.signed(_CUT)
            paper.heading(title, new_page=place % 2 == 0)
        _write(paper, slip)
    return paper.data()


def _write(paper: FormPaper, slip: LeaveSlip) -> None:
    paper.line((_("中心组"), slip.group))
    kinds = [("■" if key == slip.kind else "□") + str(label) for key, label in KINDS]
    lines = "\n".join("　".join(kinds[place : place + 5]) for place in range(0, len(kinds), 5))
    signature = f"{GAP}\n{DATE_GAP}"
    granted = _("批准人：%s") % slip.approver if slip.approver else GAP
    paper.table(
        WEIGHTS,
        [
            labelled((_("姓名"), slip.name), (_("职务"), slip.post), height=_HEIGHT, keeps=True),
            labelled(
                (_("中心组职务"), slip.role), (_("学习时间"), slip.when), height=_HEIGHT, keeps=True
            ),
            labelled((_("学习主题"), slip.theme), span=3, height=_HEIGHT, keeps=True),
            labelled((_("请假类别"), lines), span=3, height=_HEIGHT, keeps=True),
            labelled((_("事由"), slip.reason), span=3, height=_SIGN_HEIGHT, keeps=True),
            Row(
                [
                    Cell(_("请假人\n（签字）"), is_head=True),
                    Cell(signature),
                    Cell(_("组长意见\n（签字）"), is_head=True),
                    Cell(f"{granted}\n{DATE_GAP}"),
                ],
                _SIGN_HEIGHT,
                keeps=True,
            ),
            labelled((_("补学情况"), slip.makeup), span=3, height=_HEIGHT, keeps=True),
        ],
        size=12,
    )
    paper.note(_("注：组长本人请假的，写明由谁批准。请假事由只供本单位和审核人员查看。"))
