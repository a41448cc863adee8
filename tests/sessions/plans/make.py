"""Plans, and the data their pages send."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from sessions.models import AnnualPlan, PlanItem, ReviewEvent, Status, StudySession
from sessions.plans.contents import ItemContent, PlanContent
from sessions.services import record_event
from units.models import Unit

YEAR = timezone.localdate().year
Kind = ReviewEvent.Kind


def now() -> datetime:
    return timezone.now()


def make_item(period: str = "03", topic: str = "学习宪法", **values) -> ItemContent:
    given: dict[str, Any] = {"content": "", "form": "collective", "is_discussion": False}
    given |= {"speakers": "", "owner": ""} | values
    return ItemContent(period=f"{YEAR}-{period}", topic=topic, **given)


def make_content(*items: ItemContent, **values) -> PlanContent:
    given: dict[str, Any] = {"title": "学习计划", "basis": "", "approved_by": "测组长"}
    given |= {"approved_on": timezone.localdate().replace(month=1, day=1)} | values
    return PlanContent(items=items, **given)


def make_plan(unit: Unit, *periods: str, **values) -> AnnualPlan:
    """An approved draft with an item for each period, one in March if none is named."""
    given = {"year": YEAR, "title": "学习计划", "approved_by": "测组长"}
    given |= {"approved_on": f"{YEAR}-01-01"} | values
    plan = AnnualPlan.objects.create(unit=unit, **given)
    for number, period in enumerate(periods or ("03",), start=1):
        PlanItem.objects.create(
            plan=plan,
            rank_order=number,
            period=f"{plan.year}-{period}",
            topic=f"专题{number}",
            form="collective",
        )
    return plan


def file_plan(plan: AnnualPlan) -> AnnualPlan:
    """Submitted and filed."""
    record_event(about=plan, kind=Kind.SUBMIT, at=now())
    record_event(about=plan, kind=Kind.FILE, at=now())
    return plan


def link_session(item: PlanItem, status: Status = Status.SUBMITTED, **values) -> StudySession:
    day = f"{YEAR}-03-04"
    given = {"date": day, "end_date": day, "form": "collective", "theme": "学习宪法"} | values
    unit = item.plan.unit
    return StudySession.objects.create(unit=unit, plan_item=item, status=status, **given)


def form_of(plan: AnnualPlan, **changes: str) -> dict[str, str]:
    """What the page of the stored plan would send."""
    plan.refresh_from_db()
    items = list(plan.items.all())
    data = {
        "title": plan.title,
        "basis": plan.basis,
        "approved_by": plan.approved_by,
        "approved_on": str(plan.approved_on or ""),
        "version": str(plan.version),
        "items-TOTAL_FORMS": str(len(items)),
        "items-INITIAL_FORMS": "0",
    }
    for number, item in enumerate(items):
        row = {"pk": item.pk, "period": item.period, "topic": item.topic, "form": item.form}
        row |= {"content": item.content, "state": item.state, "note": item.note}
        data |= {f"items-{number}-{name}": str(value) for name, value in row.items()}
    return data | changes
