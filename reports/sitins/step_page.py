"""The page of one step of a sit-in or a finding: shown, taken, or shown beside what others did."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.trail import record_for
from reports.models import Finding, SitIn
from reports.sitins.services import Act
from reports.sitins.stale import StaleError, differing
from units.access.numbers import sent_number
from units.access.requests import PortalRequest

Fact = tuple[str, object]


@dataclass(frozen=True)
class Step:
    """What one step is called, in which states it is possible, and what it does.

    ``save`` takes the step, ``again`` makes the form as it would show the stored row; ``done`` is
    the sentence after it, ``back`` the address to go to.
    """

    title: str
    button: str
    done: str
    action: str
    states: frozenset[str]
    back: str
    save: Callable[[Act], object]
    again: Callable[[Any], forms.Form]
    is_danger: bool = False


def act_of(request: PortalRequest) -> Act:
    """Who sends the form now, and what its page was opened with."""
    version = sent_number(request.POST.get("version", ""))
    return Act(request.access.user, timezone.now(), version or 0)


def run(
    request: PortalRequest,
    row: SitIn | Finding,
    form: forms.Form,
    step: Step,
    **more: Any,
) -> HttpResponse:
    """Takes the step a valid form asks for, else shows the form with what stands against it."""
    if request.method != "POST" or not form.is_valid():
        status = 400 if form.errors else 200
        return _page(request, row, form, step, status=status, version=_opened(request, row), **more)
    try:
        with transaction.atomic():
            step.save(act_of(request))
            before, after = changes(form)
            record_for(request, action=step.action, about=row, before=before, after=after)
    except StaleError as stale:
        more["differing"] = differing(form, step.again(stale.stored))
        version = stale.stored.version
        return _page(request, stale.stored, form, step, status=409, version=version, **more)
    messages.success(request, step.done)
    return redirect(step.back)


def changes(form: forms.Form) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the trail keeps of a form: the fields that changed, before and after."""
    names = [name for name in form.changed_data if name in form.cleaned_data]
    before = {name: plain(form.get_initial_for_field(form.fields[name], name)) for name in names}
    return before, {name: plain(form.cleaned_data[name]) for name in names}


def plain(value: object) -> object:
    """A value as the trail can store it; rows by their ids."""
    if isinstance(value, Model):
        return value.pk
    if isinstance(value, QuerySet | list | tuple):
        rows: Iterable[Any] = value
        return [plain(each) for each in rows]
    return value.isoformat() if isinstance(value, dt.date) else value


def _opened(request: PortalRequest, row: SitIn | Finding) -> int:
    return act_of(request).version if request.method == "POST" else row.version


def _page(
    request: PortalRequest,
    row: SitIn | Finding,
    form: forms.Form,
    step: Step,
    *,
    status: int,
    version: int,
    **more: Any,
) -> HttpResponse:
    context: Mapping[str, Any] = {
        "row": row,
        "form": form,
        "step": step,
        "version": version,
        "is_over": row.status not in step.states,
        **more,
    }
    return render(request, "reports/sitins/step.html", dict(context), status=status)
