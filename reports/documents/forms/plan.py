"""年度学习计划表, across the page. Approved by the leader's hand and filed: a Word file."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from reports.documents.forms.frame import DATE_GAP, GAP, LINE_HEIGHT, FormPaper, heads
from reports.documents.tables import Cell, Row
from sessions.models import AnnualPlan, PlanItem
from sessions.plans.periods import period_label
from sessions.printing.contents import day_text

WEIGHTS = (2.2, 4.5, 11.5, 13.0, 6.0, 2.5, 6.0, 6.5, 6.0)
BLANK_LINES = 13
# A longer text may go on on the next page instead of leaving half a page empty.
_WHOLE = 60


def plan_paper(
    plan: AnnualPlan | None, items: Iterable[PlanItem], *, group: str, created: datetime
) -> bytes:
    """The plan as a .docx; without one, ruled for thirteen lines."""
    year = str(plan.year) if plan else "＿＿＿＿"
    paper = FormPaper(
        group=group,
        name=_("%(year)s年度学习计划表") % {"year": year},
        created=created,
        landscape=True,
    )
    if plan and plan.basis:
        paper.line((_("制定依据"), plan.basis))
    lines = [_row(number, item) for number, item in enumerate(items, start=1)]
    paper.table(
        WEIGHTS,
        [
            heads(
                _("序号"), _("时间\n（月/季）"), _("学习专题"), _("学习内容"), _("学习形式"),
                _("是否研讨"), _("重点发言人"), _("责任单位/\n责任人"), _("备注\n（调整情况）"),
            ),
            *(lines or _blank_lines()),
        ],
    )  # fmt: skip
    paper.signed(*_approval(plan))
    return paper.data()


def _approval(plan: AnnualPlan | None) -> Sequence[str]:
    approver = plan.approved_by if plan else ""
    day = day_text(plan.approved_on) if plan else ""
    return [
        _("审定人：%s") % (approver or GAP),
        _("审定日期：%s") % (day or DATE_GAP),
        _("审定人（签字）：%s") % GAP,
        _("（盖章）"),
    ]


def _row(number: int, item: PlanItem) -> Row:
    cells = (
        Cell(number),
        Cell(period_label(item.period)),
        Cell(item.topic, align="left"),
        Cell(item.content, align="left"),
        Cell(item.get_form_display()),
        Cell(_("是") if item.is_discussion else _("否")),
        Cell(item.speakers, align="left"),
        Cell(item.owner, align="left"),
        Cell(_remark(item), align="left"),
    )
    is_long = any(len(str(cell.text)) > _WHOLE for cell in cells)
    return Row(cells, LINE_HEIGHT, splits=is_long)


def _remark(item: PlanItem) -> str:
    """What was adjusted, and what was noted; that an item was done is no adjustment."""
    is_plain = item.state in (PlanItem.State.PLANNED, PlanItem.State.DONE)
    return "；".join(
        part for part in ("" if is_plain else item.get_state_display(), item.note) if part
    )


def _blank_lines() -> list[Row]:
    return [
        Row([Cell(number), *[Cell()] * (len(WEIGHTS) - 1)], LINE_HEIGHT * 1.2)
        for number in range(1, BLANK_LINES + 1)
    ]
