"""The page of one step of a circular: shown, taken, refused, or beside what others did."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts.trail import record_for
from reports.circulars.basis import CircularError
from reports.circulars.steps import CIRCULAR_STEPS
from reports.models import Circular, CircularEvent
from reports.sitins.services import Act
from reports.sitins.stale import StaleError, differing
from reports.sitins.step_page import act_of, changes
from units.access.requests import PortalRequest


class Words(NamedTuple):
    """What a step is called, what its button says, and the sentence after it."""

    title: str
    button: str
    done: str


@dataclass(frozen=True)
class Step:
    """What one step does: ``save`` takes it, ``again`` makes the form as it would show what is
    stored; ``version`` is that of what the step changes, ``more`` what else its page shows.
    """

    kind: CircularEvent.Kind
    words: Words
    version: int
    save: Callable[[Act], object]
    again: Callable[[Any], forms.Form]
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def action(self) -> str:
        """What the trail calls it."""
        return f"circular.{self.kind.value}"

    @property
    def is_danger(self) -> bool:
        return self.kind == CircularEvent.Kind.DISCARD


def run(request: PortalRequest, circular: Circular, form: forms.Form, step: Step) -> HttpResponse:
    """Takes the step a valid form asks for, else shows the form with what stands against it."""
    if request.method != "POST":
        return _page(request, circular, form, step, 200, step.version)
    version = act_of(request).version
    if not form.is_valid():
        return _page(request, circular, form, step, 400, version)
    try:
        with transaction.atomic():
            step.save(act_of(request))
            before, after = changes(form)
            record_for(request, action=step.action, about=circular, before=before, after=after)
    except CircularError as refusal:
        form.add_error(None, str(refusal))
        return _page(request, circular, form, step, 400, version)
    except StaleError as stale:
        row = stale.stored if isinstance(stale.stored, Circular) else circular
        step.more["differing"] = differing(form, step.again(stale.stored))
        return _page(request, row, form, step, 409, stale.stored.version)
    messages.success(request, step.words.done)
    return redirect("circular_detail", pk=circular.pk)


def _page(
    request: PortalRequest,
    circular: Circular,
    form: forms.Form,
    step: Step,
    status: int,
    version: int,
) -> HttpResponse:
    context = {
        "row": circular,
        "circular": circular,
        "form": form,
        "step": step,
        "version": version,
        "is_over": circular.status not in CIRCULAR_STEPS[step.kind].states,
        "back": reverse("circular_detail", args=[circular.pk]),
        **step.more,
    }
    return render(request, "reports/circulars/step.html", context, status=status)
