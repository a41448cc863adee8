"""Annual plans for the policy test."""

from django.utils import timezone

from accounts.models import User
from sessions.models import AnnualPlan, PlanItem, Status
from tests.portal.access.sample import Make, Sample
from units.models import Unit

YEAR = timezone.localdate().year
APPROVED_ON = f"{YEAR}-01-01"
NO_PLAN = {"pk": 10**9}
HEAD = {"title": "学习计划", "approved_by": "测组长", "approved_on": APPROVED_ON, "version": "1"}
ROWS = {
    "items-TOTAL_FORMS": "1",
    "items-INITIAL_FORMS": "0",
    "items-0-period": f"{YEAR}-03",
    "items-0-topic": "学习宪法",
    "items-0-form": "discussion",
}


def make_plan(unit: Unit, status: Status = Status.SUBMITTED, **values) -> AnnualPlan:
    """A plan fit for submission: approved, with one item."""
    given = {"year": YEAR, "title": f"金丝雀{unit.code}", "approved_by": "测组长"}
    given |= {"approved_on": APPROVED_ON}
    plan = AnnualPlan.objects.create(unit=unit, status=status, **(given | values))
    PlanItem.objects.create(
        plan=plan, rank_order=1, period=f"{YEAR}-03", topic="学习宪法", form="collective"
    )
    return plan


def plan_address(status: Status) -> Make:
    def make(user: User, unit: Unit) -> dict[str, object]:
        return {"pk": make_plan(unit, status).pk}

    return make


def approval_address(user: User, unit: Unit) -> dict[str, object]:
    plan = make_plan(unit, Status.DRAFT)
    piece = plan.evidence.create(kind="approval", on=APPROVED_ON, name="审定文件（纸质）")
    return {"pk": plan.pk, "evidence_pk": piece.pk}


def item_address(user: User, unit: Unit) -> dict[str, object]:
    item = make_plan(unit).items.first()
    assert item is not None
    return {"pk": item.pk}


PLAN_SAMPLES: dict[tuple[str, str], Sample] = {
    ("plan_list", "GET"): Sample(canary=lambda user, unit: make_plan(unit).title),
    ("plan_create", "POST"): Sample(body={"year": str(YEAR)}),
    ("plan_detail", "GET"): Sample(make=plan_address(Status.SUBMITTED), missing=NO_PLAN),
    ("plan_edit", "GET"): Sample(make=plan_address(Status.DRAFT), missing=NO_PLAN),
    ("plan_edit", "POST"): Sample(
        make=plan_address(Status.DRAFT), missing=NO_PLAN, body=HEAD | ROWS
    ),
    ("plan_submit", "POST"): Sample(
        make=plan_address(Status.DRAFT), missing=NO_PLAN, body={"declared": "on"}
    ),
    ("plan_withdraw", "POST"): Sample(make=plan_address(Status.SUBMITTED), missing=NO_PLAN),
    ("plan_approval", "POST"): Sample(
        make=plan_address(Status.DRAFT), missing=NO_PLAN, body={"is_paper": "on"}
    ),
    ("plan_approval_remove", "POST"): Sample(
        make=approval_address, missing=NO_PLAN | {"evidence_pk": 10**9}
    ),
    ("plan_item_mark", "POST"): Sample(make=item_address, missing=NO_PLAN, body={"done": "1"}),
}
