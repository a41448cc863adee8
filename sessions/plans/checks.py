"""What a plan lacks before it can be submitted, and what the department will probably ask."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from sessions.plans.contents import ItemContent, PlanContent, State
from sessions.plans.periods import QUARTERS, months_of, quarter_label, quarter_of


def faults(content: PlanContent) -> list[str]:
    """Why the plan cannot be submitted yet. The leader approves it first (2017 rule, article 6)."""
    return list(faults_by_part(content).values())


def faults_by_part(content: PlanContent) -> dict[str, str]:
    """The same by the name of what is missing."""
    found = {}
    if not any(item.state != State.CANCELLED for item in content.items):
        found["items"] = _("计划还没有学习项目，请先填写。")
    if not content.approved_by:
        found["approved_by"] = _("没有填写审定人：计划须经组长审定后报送。")
    if content.approved_on is None:
        found["approved_on"] = _("没有填写审定日期。")
    return found


def warnings(content: PlanContent) -> list[str]:
    """What is usual in a plan and missing in this one. None of it stops a submission."""
    return list(_warnings([item for item in content.items if item.state != State.CANCELLED]))


def _warnings(items: list[ItemContent]) -> Iterator[str]:
    for quarter in QUARTERS:
        within = [item for item in items if quarter_of(item.period) == quarter]
        if not any(item.is_discussion for item in within):
            yield _("%(quarter)s没有安排集体研讨（每季度至少一次）。") % {
                "quarter": quarter_label(quarter)
            }
        yield from _uncovered_months(quarter, within)
    for item in items:
        if item.is_discussion and not item.speakers:
            yield _("研讨“%(topic)s”没有写明重点发言人。") % {"topic": item.topic}


def _uncovered_months(quarter: int, items: list[ItemContent]) -> Iterator[str]:
    """An item of the quarter stands for one of the months that have none of their own."""
    named = {int(item.period[5:]) for item in items if item.period[5] != "Q"}
    by_quarter = sum(1 for item in items if item.period[5] == "Q")
    bare = [month for month in months_of(quarter) if month not in named]
    if len(bare) <= by_quarter:
        return
    months = "、".join(_("%(month)d月") % {"month": month} for month in bare)
    if not by_quarter:
        yield _("%(months)s没有安排学习（每月至少一次）。") % {"months": months}
    else:
        yield _("%(months)s没有单独安排，%(quarter)s的 %(count)d 个项目不够每月一次。") % {
            "months": months,
            "quarter": quarter_label(quarter),
            "count": by_quarter,
        }
