"""Sit-ins and findings in every state."""

import datetime as dt
from typing import Any

from reports.models import Finding, SitIn, SitInFeedback
from tests.reports.rulebook.make import browser_of
from units.models import Unit

__all__ = ["browser_of", "make_feedback", "make_finding", "make_sit_in"]

DAY = dt.date(2026, 6, 10)
ANSWER = {
    "measures": "重新拟定研讨题目",
    "leader": "测书记",
    "office": "办公室",
    "person": "测干事",
    "progress": "已完成",
}


def make_sit_in(unit: Unit, status: str = "planned", **changes: Any) -> SitIn:
    """Of the tenth of June 2026; its feedback is due a week later."""
    values: dict[str, Any] = {"year": 2026, "month": 6}
    if status != "planned":
        values |= {"date": DAY, "agreed_on": DAY - dt.timedelta(days=5)}
    if status in ("held", "fed_back"):
        values["feedback_due"] = DAY + dt.timedelta(days=7)
    sit_in = SitIn.objects.create(unit=unit, status=status, **values | changes)
    if status == "fed_back":
        make_feedback(sit_in)
    return sit_in


def make_feedback(sit_in: SitIn, **changes: Any) -> SitInFeedback:
    values = {"theme": "宪法", "overall": "组织认真", "problems": "研讨不深", "fed_back_on": DAY}
    return SitInFeedback.objects.create(sit_in=sit_in, **values | changes)


def make_finding(unit: Unit, status: str = "open", **changes: Any) -> Finding:
    values: dict[str, Any] = {
        "source": "archive",
        "found_on": DAY,
        "problem": f"签到表不全{unit.code}",
        "due": DAY + dt.timedelta(days=30),
    }
    if status != "open":
        values |= ANSWER
    if status == "closed":
        values["closed_on"] = DAY
    return Finding.objects.create(unit=unit, status=status, **values | changes)
