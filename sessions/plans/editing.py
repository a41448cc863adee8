"""Writing a plan: begin, edit with a version against lost work, arrange rows."""

from dataclasses import replace

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.trail import record_for
from sessions.history import EDITABLE_PLAN, StaleVersionError, last_writer
from sessions.models import AnnualPlan
from sessions.plans.contents import content_of, differences
from sessions.plans.editor import PlanEditor
from sessions.plans.forms import NewPlanForm
from sessions.plans.periods import period_label
from sessions.plans.services import create_plan, save_plan, usual_title
from sessions.plans.views import list_context, plans_named
from units.access.objects import find, reachable
from units.access.requests import PortalRequest


@require_POST
def plan_create(request: PortalRequest) -> HttpResponse:
    form = NewPlanForm(request.POST, today=timezone.localdate())
    if not form.is_valid():
        context = list_context(request, form)
        return render(request, "sessions/plans/list.html", context, status=400)
    acting, year = request.access.acting, form.cleaned_data["year"]
    earlier = reachable(request, AnnualPlan.objects.filter(year=year - 1)).first()
    copy = earlier if form.cleaned_data["copy"] else None
    title = usual_title(acting.unit, getattr(acting, "unit_short_name", "") or "", year)
    with transaction.atomic():
        plan, is_new = create_plan(
            unit=acting.unit, year=year, title=title, by=request.access.user, copy=copy
        )
        if is_new:
            after = {"year": year, "copied_from": copy.pk if copy else None}
            record_for(request, action="plan.create", about=plan, after=after)
    if not is_new:
        messages.info(request, _("%(year)d年的计划已经有了，就是下面这一份。") % {"year": year})
        return redirect("plan_detail", plan.pk)
    if form.cleaned_data["copy"] and copy is None:
        messages.warning(
            request, _("没有%(year)d年的计划可沿用，请直接填写。") % {"year": year - 1}
        )
    return redirect("plan_edit", plan.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def plan_edit(request: PortalRequest, pk: int) -> HttpResponse:
    plan = find(request, plans_named(), pk=pk)
    editor = PlanEditor(plan, timezone.localdate())
    if request.method != "POST":
        return _page(request, editor.open())
    data = request.POST.dict()
    if command := data.get("row"):
        return _page(request, editor.rearrange(data, command))
    if not editor.take(data).is_valid():
        return _page(request, editor, status=400)
    return _save(request, editor)


def _save(request: PortalRequest, editor: PlanEditor) -> HttpResponse:
    plan, content = editor.plan, editor.content()
    before, after = differences(content_of(plan), content)
    try:
        with transaction.atomic():
            save_plan(
                plan=plan,
                version=editor.head.cleaned_data["version"],
                content=content,
                at=timezone.now(),
            )
            record_for(request, action="plan.save", about=plan, before=before, after=after)
    except StaleVersionError:
        if not content_of(plan).says_the_same_as(content):
            return _conflict(request, plan)
    messages.success(request, _("已保存。"))
    return redirect("plan_detail", plan.pk)


def _conflict(request: PortalRequest, plan: AnnualPlan) -> HttpResponse:
    """Both versions on one page: the own one in the form, ready to be saved over the other."""
    current = find(request, plans_named(), pk=plan.pk)
    data = request.POST.dict() | {"version": current.version}
    editor = PlanEditor(current, timezone.localdate()).take(data)
    mine = {replace(item, pk=None) for item in editor.rows.rows()}
    stored = content_of(current)
    lines = [
        (item, period_label(item.period), replace(item, pk=None) not in mine)
        for item in stored.items
    ]
    writer = last_writer(current)
    return _page(request, editor, status=409, stored=stored, stored_items=lines, writer=writer)


def _page(
    request: PortalRequest, editor: PlanEditor, status: int = 200, **more: object
) -> HttpResponse:
    returned = editor.returned
    fields = returned.fields if returned else []
    context = {
        "plan": editor.plan,
        "editor": editor,
        "returned": returned,
        "returned_fields": fields,
        "rows": editor.shown_rows(fields),
        "is_editable": editor.plan.status in EDITABLE_PLAN,
    }
    return render(request, "sessions/plans/edit.html", context | more, status=status)
