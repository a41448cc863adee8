"""Last year's plans as drafts of the next year, many units at once."""

from collections.abc import Mapping, Sequence

from django.db import transaction

from accounts.models import User
from sessions.models import AnnualPlan
from sessions.plans.services import create_plan, usual_title
from sessions.services import announced_together


@transaction.atomic
def carry_plans(
    *, plans: Sequence[AnnualPlan], names: Mapping[int, str], year: int, by: User
) -> list[AnnualPlan]:
    """Drafts of the year copied from the plans (fetched with their units); `names` are the units'
    short names by id. A unit that has a plan of the year keeps it. Returns the new drafts.
    """
    begun = []
    with announced_together():
        for plan in plans:
            title = usual_title(plan.unit, names.get(plan.unit_id) or plan.unit.code, year)
            draft, is_new = create_plan(unit=plan.unit, year=year, title=title, by=by, copy=plan)
            if is_new:
                begun.append(draft)
    return begun
