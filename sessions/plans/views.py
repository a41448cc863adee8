"""Looking at plans: by year, and one with what became of it."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sessions.declaration import DeclarationForm
from sessions.history import EDITABLE_PLAN, TONES, history_of, return_to_mend
from sessions.models import AnnualPlan, Evidence, Status
from sessions.plans import checks
from sessions.plans.approval import ApprovalForm
from sessions.plans.contents import content_of
from sessions.plans.forms import NewPlanForm
from sessions.plans.progress import lines_of, summary
from sessions.plans.services import is_adjusted
from sessions.querysets import AnnualPlanQuerySet
from sessions.reviews.papers import review_address
from sessions.reviews.thread import thread_of
from units.access.numbers import sent_number
from units.access.objects import find, reachable
from units.access.requests import PortalRequest
from units.access.roles import Role

PAGE_LENGTH = 50
SUBMITTABLE = (Status.DRAFT, Status.RETURNED)


@require_safe
def plan_list(request: PortalRequest) -> HttpResponse:
    return render(request, "sessions/plans/list.html", list_context(request))


def list_context(request: PortalRequest, form: NewPlanForm | None = None) -> dict[str, Any]:
    """The plans of the acting role's scope; for the department, one year's, all units'."""
    today = timezone.localdate()
    acting = request.access.acting
    rows = reachable(request, plans_named())
    years = sorted(set(rows.values_list("year", flat=True)) | {today.year}, reverse=True)
    asked = sent_number(request.GET.get("year", ""))
    year = asked if asked in years else today.year
    if acting.covers_subtree:
        rows = rows.filter(year=year)
    plans = rows.annotate(item_count=Count("items"))
    order = ("unit__rank_order", "unit__code") if acting.covers_subtree else ("-year",)
    page = Paginator(plans.order_by(*order), PAGE_LENGTH).get_page(request.GET.get("page"))
    may_write = acting.role == Role.CLERK
    has_this_years = any(plan.year == today.year for plan in page)
    suggested = today.year + 1 if has_this_years else today.year
    return {
        "page": page,
        "rows": [(plan, TONES[Status(plan.status)]) for plan in page],
        "years": years,
        "year": year,
        "form": form or (NewPlanForm(today=today, year=suggested) if may_write else None),
    }


@require_safe
def plan_detail(request: PortalRequest, pk: int) -> HttpResponse:
    plan = find(request, plans_named(), pk=pk)
    return render(request, "sessions/plans/detail.html", detail_context(request, plan))


def plans_named() -> AnnualPlanQuerySet:
    """Plans with what their pages say of the unit."""
    return AnnualPlan.objects.with_unit_name(timezone.localdate()).select_related("unit")


def detail_context(
    request: PortalRequest, plan: AnnualPlan, form: DeclarationForm | None = None
) -> dict[str, Any]:
    """The plan, its items with what was done, its way; for the clerk also what may be done now."""
    history = history_of(plan)
    acting = request.access.acting
    lines = lines_of(plan, acting, timezone.localdate())
    may_write = acting.role == Role.CLERK
    adjusted = is_adjusted(plan, history)
    content = content_of(plan)
    may_edit = may_write and plan.status in EDITABLE_PLAN
    return {
        "plan": plan,
        "tone": TONES[Status(plan.status)],
        "lines": lines,
        "summary": summary(lines),
        "history": history,
        "thread": thread_of(plan, request.access, back=request.path),
        "review": review_address(plan, request.access),
        "returned": return_to_mend(plan, history),
        "is_adjusted": adjusted,
        "may_write": may_write,
        "may_edit": may_edit,
        "may_submit": may_write and (plan.status in SUBMITTABLE or adjusted),
        "may_withdraw": may_write and plan.status == Status.SUBMITTED,
        "may_mark": may_write and plan.status != Status.DRAFT,
        "faults": checks.faults(content),
        "warnings": checks.warnings(content),
        "form": form or DeclarationForm(),
        "approvals": approvals_of(plan),
        "approval_form": ApprovalForm() if may_edit else None,
    }


def approvals_of(plan: AnnualPlan) -> list[tuple[Evidence, bool, bool]]:
    """Each piece, whether it can be opened, and whether the clerk may remove it. The name of a
    held file could itself be secret and is not shown.
    """
    pieces = []
    for piece in plan.evidence.filter(kind=Evidence.Kind.APPROVAL):
        if piece.checked == Evidence.Checked.HELD:
            piece.name = _("（暂扣的文件，名称不显示）")
        is_fixed = piece.is_kept_back or plan.status == Status.FILED
        pieces.append((piece, bool(piece.file) and not piece.is_kept_back, not is_fixed))
    return pieces
