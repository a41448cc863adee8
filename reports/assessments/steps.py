"""The page of one step of an assessment: shown, taken, refused with a sentence, or shown beside
what somebody else has stored meanwhile.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render

from accounts.trail import record_for
from reports.assessments.sheets import SheetError
from reports.models import AssessmentSheet
from reports.sitins.services import Act
from reports.sitins.stale import StaleError, differing
from reports.sitins.step_page import act_of, changes
from units.access.requests import PortalRequest


@dataclass(frozen=True)
class Step:
    """What a step is called and does. `again` makes the form as it would show the stored row."""

    title: str
    button: str
    done: str
    action: str
    back: str
    save: Callable[[Act], object]
    again: Callable[[AssessmentSheet], forms.Form]
    template: str = "reports/assessments/step.html"
    is_danger: bool = False
    more: dict[str, Any] = field(default_factory=dict)


def run(
    request: PortalRequest, sheet: AssessmentSheet, form: forms.Form, step: Step
) -> HttpResponse:
    """Takes the step a valid form asks for, else shows the form with what stands against it."""
    if request.method != "POST" or not form.is_valid():
        version = act_of(request).version if request.method == "POST" else sheet.version
        return _page(request, sheet, form, step, version, status=400 if form.errors else 200)
    try:
        with transaction.atomic():
            step.save(act_of(request))
            before, after = changes(form)
            record_for(request, action=step.action, about=sheet, before=before, after=after)
    except SheetError as error:
        form.add_error(None, str(error))
        return _page(request, sheet, form, step, act_of(request).version, status=400)
    except StaleError as stale:
        found = differing(form, step.again(stale.stored))
        context = {"differing": found, "row": stale.stored}
        return _page(request, sheet, form, step, stale.stored.version, status=409, context=context)
    messages.success(request, step.done)
    return redirect(step.back)


def _page(
    request: PortalRequest,
    sheet: AssessmentSheet,
    form: forms.Form,
    step: Step,
    version: int,
    *,
    status: int,
    context: dict[str, Any] | None = None,
) -> HttpResponse:
    values = {"sheet": sheet, "form": form, "step": step, "version": version}
    return render(request, step.template, {**values, **step.more, **(context or {})}, status=status)
