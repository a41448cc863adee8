"""Items that come to a plan from elsewhere: from what last year's report announced."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from accounts.models import User
from sessions.models import AnnualPlan, PlanItem, Status
from sessions.plans.contents import ItemContent
from sessions.plans.forms import MAX_ROWS
from sessions.plans.services import ITEM_FIELDS, create_plan
from sessions.services import ReviewError, announce
from units.models import Unit

OPEN = (Status.DRAFT, Status.RETURNED)


@dataclass(frozen=True, slots=True)
class Proposed:
    """What became of it: the plan, whether it was begun with this, and the topics added."""

    plan: AnnualPlan
    is_new: bool
    added: list[str]


def propose_items(
    *,
    unit: Unit,
    year: int,
    title: str,
    items: Sequence[ItemContent],
    at: datetime,
    by: User,
) -> Proposed:
    """Adds items to the unit's plan of the year, and begins it under the title if there is none.

    What the plan has already (the same topic or content) is left out, so that a second click
    adds nothing. Raises ReviewError where the plan is in somebody's hands or would get too long.
    """
    with transaction.atomic():
        plan, is_new = create_plan(unit=unit, year=year, title=title, by=by)
        plan = AnnualPlan.objects.select_for_update().get(pk=plan.pk)
        if plan.status not in OPEN:
            raise ReviewError(
                _("%(year)d年的计划%(status)s，不能直接加入项目。请在计划页撤回或调整后再办理。")
                % {"year": year, "status": plan.get_status_display()}
            )
        stored = list(plan.items.all())
        known = {text for item in stored for text in (item.topic, item.content) if text}
        fresh = [item for item in items if item.topic not in known and item.content not in known]
        if len(stored) + len(fresh) > MAX_ROWS:
            raise ReviewError(_("一份计划最多 %d 个项目，请少选一些。") % MAX_ROWS)
        last = plan.items.aggregate(last=Max("rank_order"))["last"] or 0
        PlanItem.objects.bulk_create(
            PlanItem(
                plan=plan,
                rank_order=last + number,
                **{name: getattr(item, name) for name in ITEM_FIELDS},
            )
            for number, item in enumerate(fresh, start=1)
        )
        if fresh:
            AnnualPlan.objects.filter(pk=plan.pk).update(version=F("version") + 1, updated_at=at)
            announce(unit_ids={unit.pk}, years={year})
    return Proposed(plan, is_new, [item.topic for item in fresh])
