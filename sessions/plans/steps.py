"""Submitting and withdrawing a plan, and marking items done."""

from functools import partial

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.trail import record_for
from sessions.declaration import DeclarationForm
from sessions.handing_in import hand_in, take_back
from sessions.models import PlanItem
from sessions.plans.services import mark_item, submit_plan, withdraw_plan
from sessions.plans.views import detail_context, plans_named
from sessions.services import ReviewError
from units.access.objects import find
from units.access.requests import PortalRequest


@require_POST
def plan_submit(request: PortalRequest, pk: int) -> HttpResponse:
    plan = find(request, plans_named(), pk=pk)

    def undeclared(form: DeclarationForm) -> HttpResponse:
        context = detail_context(request, plan, form)
        return render(request, "sessions/plans/detail.html", context, status=400)

    return hand_in(request, plan, partial(submit_plan, plan=plan), undeclared)


@require_POST
def plan_withdraw(request: PortalRequest, pk: int) -> HttpResponse:
    plan = find(request, plans_named(), pk=pk)
    return take_back(request, plan, partial(withdraw_plan, plan=plan))


@require_POST
def plan_item_mark(request: PortalRequest, pk: int) -> HttpResponse:
    item = find(request, PlanItem.objects.select_related("plan"), pk=pk)
    done = request.POST.get("done") == "1"
    try:
        with transaction.atomic():
            before = {"state": item.state}
            mark_item(item=item, done=done)
            after = {"state": item.state}
            record_for(request, action="plan.mark", about=item, before=before, after=after)
    except ReviewError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("已标为完成。") if done else _("已取消完成标记。"))
    return redirect("plan_detail", item.plan_id)
