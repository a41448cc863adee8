"""Adding and removing the papers of a plan's approval."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.trail import record_for
from sessions.evidence.examining import examine
from sessions.evidence.refusals import held_sentence, sentence
from sessions.evidence.services import Stored, discarding_unnamed, facts, store
from sessions.evidence.uploading import files_too_big, is_too_long
from sessions.models import AnnualPlan
from sessions.plans.approval import ApprovalForm, add_approval, remove_approval
from sessions.plans.views import detail_context, plans_named
from sessions.services import ReviewError
from units.access.objects import find
from units.access.requests import PortalRequest
from units.spreadsheets.gate import RefusedError


@require_POST
def plan_approval(request: PortalRequest, pk: int) -> HttpResponse:
    plan = find(request, plans_named(), pk=pk)
    is_dropped = bool(files_too_big(request)) or is_too_long(request)
    form = ApprovalForm(request.POST, request.FILES, is_dropped=is_dropped)
    if not form.is_valid():
        return _refused(request, plan, form)
    file = form.cleaned_data["upload"]
    try:
        stored = store(examine(file, file.name or ""), timezone.now()) if file else None
    except RefusedError as refused:
        form.add_error("upload", sentence(refused))
        return _refused(request, plan, form)
    _add(request, plan, stored)
    return redirect("plan_detail", plan.pk)


def _refused(request: PortalRequest, plan: AnnualPlan, form: ApprovalForm) -> HttpResponse:
    context = detail_context(request, plan) | {"approval_form": form}
    return render(request, "sessions/plans/detail.html", context, status=400)


def _add(request: PortalRequest, plan: AnnualPlan, stored: Stored | None) -> None:
    try:
        with discarding_unnamed([stored.file] if stored else []), transaction.atomic():
            row, is_new = add_approval(
                plan=plan, stored=stored, by=request.access.user, at=timezone.now()
            )
            if is_new:
                record_for(request, action="plan.attach", about=plan, after=facts(row))
    except ReviewError as refusal:
        messages.error(request, str(refusal))
        return
    messages.success(request, _("已存入审定文件。") if is_new else _("这份文件此前已经存入。"))
    if is_new and stored is not None and stored.mark:
        messages.error(request, held_sentence(stored.mark))


@require_POST
def plan_approval_remove(request: PortalRequest, pk: int, evidence_pk: int) -> HttpResponse:
    plan = find(request, plans_named(), pk=pk)
    evidence = get_object_or_404(plan.evidence, pk=evidence_pk)
    before = facts(evidence)
    try:
        with transaction.atomic():
            remove_approval(plan=plan, evidence=evidence)
            record_for(request, action="plan.detach", about=plan, before=before)
    except ReviewError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("已移除审定文件。"))
    return redirect("plan_detail", plan.pk)
