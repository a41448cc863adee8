"""A county at the turn of 2026."""

import datetime as dt

from reports.closing import close_month
from reports.models import Closing
from reports.periods import Month
from sessions.models import AnnualPlan, PlanItem, Status
from tests.reports.records import at
from units.models import Unit

YEAR = 2026
JANUARY = dt.date(2027, 1, 12)
NOW = at("2027-01-12")


def close_december(root: Unit) -> Closing:
    return close_month(root=root, month=Month(2026, 12), at=NOW, by=None)


def make_plan(unit: Unit, year: int = YEAR, *topics: str, **values) -> AnnualPlan:
    """A filed plan with an item in March for each topic."""
    given = {"title": "学习计划", "status": Status.FILED} | values
    plan = AnnualPlan.objects.create(unit=unit, year=year, **given)
    for topic in topics or ("学习宪法",):
        PlanItem.objects.create(plan=plan, period=f"{year}-03", topic=topic, form="collective")
    return plan
