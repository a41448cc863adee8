"""The open make-ups of the unit, entered and confirmed several at a time."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.trail import record_for
from sessions.makeups import services
from sessions.makeups.forms import ConfirmForm, RecordForm
from sessions.makeups.rows import Step, counts_by_step, in_step, owed_rows, shown
from sessions.makeups.services import MakeupError
from sessions.makeups.terms import makeup_terms
from sessions.models import Attendance
from units.access.objects import find, reachable
from units.access.requests import PortalRequest
from units.access.roles import Role

PAGE_LENGTH = 100
# What the form below the rows of each step does.
ACTIONS = {
    Step.OPEN: "makeup_record",
    Step.RECORDED: "makeup_confirm",
    Step.DONE: "makeup_undo",
}
Before = list[dict[str, Any]]
Save = Callable[[list[Attendance]], Before]


@require_safe
def makeup_list(request: PortalRequest) -> HttpResponse:
    wanted = request.GET.get("step", "")
    return _page(request, Step(wanted) if wanted in Step.values else Step.OPEN)


@require_POST
def makeup_record(request: PortalRequest) -> HttpResponse:
    form = RecordForm(request.POST)
    today = timezone.localdate()

    def save(rows: list[Attendance]) -> Before:
        made_on, method, confirmer = (
            form.cleaned_data[name] for name in ("made_on", "method", "confirmer")
        )
        before = services.record_makeups(rows=rows, made_on=made_on, method=method, today=today)
        if confirmer:
            services.confirm_makeups(rows=rows, on=today, confirmer=confirmer, today=today)
        return before

    return _change(request, Step.OPEN, form, "makeup.record", save)


@require_POST
def makeup_confirm(request: PortalRequest) -> HttpResponse:
    form = ConfirmForm(request.POST)

    def save(rows: list[Attendance]) -> Before:
        today = timezone.localdate()
        return services.confirm_makeups(rows=rows, today=today, **form.cleaned_data)

    return _change(request, Step.RECORDED, form, "makeup.confirm", save)


@require_POST
def makeup_undo(request: PortalRequest) -> HttpResponse:
    step = Step.DONE if request.POST.get("step") == Step.DONE else Step.RECORDED

    def save(rows: list[Attendance]) -> Before:
        return services.undo_makeups(rows=rows)

    return _change(request, step, forms.Form(request.POST), "makeup.undo", save)


def _change(
    request: PortalRequest, step: Step, form: forms.Form, action: str, save: Save
) -> HttpResponse:
    """All ticked rows, or with a sentence for each that stands in the way none of them."""
    rows = _chosen(request)
    if not rows:
        return _page(request, step, form, [_("请先勾选要办理的行。")], status=400)
    chosen = [row.pk for row in rows]
    if not form.is_valid():
        return _page(request, step, form, chosen=chosen, status=400)
    try:
        with transaction.atomic():
            before = save(rows)
            after = {"rows": chosen, **form.cleaned_data}
            record_for(request, action=action, before={"rows": before}, after=after)
    except MakeupError as error:
        return _page(request, step, form, error.faults, chosen=chosen, status=409)
    messages.success(request, _("已办理 %s 人次。") % len(rows))
    return redirect(f"{reverse('makeup_list')}?step={step.value}")


def _chosen(request: PortalRequest) -> list[Attendance]:
    """The ticked rows; 404 if one is out of reach."""
    sent = {int(one) for one in request.POST.getlist("rows") if one.isdecimal() and len(one) < 19}
    rows = list(reachable(request, Attendance.objects.filter(pk__in=sent)))
    for absent in sent - {row.pk for row in rows}:
        find(request, Attendance.objects.all(), pk=absent)
    return rows


def _page(
    request: PortalRequest,
    step: Step,
    form: forms.Form | None = None,
    faults: Sequence[str] = (),
    *,
    chosen: Sequence[int] = (),
    status: int = 200,
) -> HttpResponse:
    """Absences of this year and the last, whose December is made up for in January."""
    today, acting = timezone.localdate(), request.access.acting
    terms = makeup_terms(acting.unit, {today.year, today.year - 1}, today)
    owed = owed_rows(reachable(request, Attendance.objects.all()), terms)
    counts = counts_by_step(owed)
    page = Paginator(in_step(owed, step), PAGE_LENGTH).get_page(request.GET.get("page"))
    context = {
        "step": step,
        "tabs": [(each, counts[each]) for each in Step],
        "page": page,
        "rows": [shown(row, terms, today, chosen) for row in page],
        "form": (form or _empty_form(step, today)) if acting.role == Role.CLERK else None,
        "action": reverse(ACTIONS[step]),
        "faults": faults,
        "days": terms[today.year].days,
    }
    return render(request, "sessions/makeups/list.html", context, status=status)


def _empty_form(step: Step, today: date) -> forms.Form:
    if step is Step.OPEN:
        return RecordForm(initial={"made_on": today})
    return ConfirmForm(initial={"on": today}) if step is Step.RECORDED else forms.Form()
