"""Handing in a plan or a report, and taking it back: what both pages do alike."""

from collections.abc import Callable
from typing import TypeVar

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.trail import record_for
from sessions.declaration import DeclarationForm
from sessions.history import IncompleteError
from sessions.models import AnnualPlan, UnitReport
from sessions.services import ReviewError
from units.access.requests import PortalRequest

Paper = TypeVar("Paper", AnnualPlan, UnitReport)
# The name of the page of each, and what the trail calls its steps.
NAMES: dict[type[AnnualPlan | UnitReport], str] = {AnnualPlan: "plan", UnitReport: "unit_report"}


def hand_in(
    request: PortalRequest,
    paper: Paper,
    submit: Callable[..., None],
    undeclared: Callable[[DeclarationForm], HttpResponse],
) -> HttpResponse:
    """Submits once the box is ticked; ``undeclared`` is the page that asks for it.

    ``submit`` is the service bound to the paper; it still wants ``at`` and ``by``.
    """
    form = DeclarationForm(request.POST)
    if not form.is_valid():
        return undeclared(form)
    try:
        submit_noted(request, paper, submit)
    except (IncompleteError, ReviewError) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _waits_for(paper))
    return redirect(f"{NAMES[type(paper)]}_detail", paper.pk)


def take_back(request: PortalRequest, paper: Paper, withdraw: Callable[..., None]) -> HttpResponse:
    """Makes what nobody has looked at a draft again."""
    try:
        withdraw_noted(request, paper, withdraw)
    except ReviewError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("已撤回，现在可以修改。"))
    return redirect(f"{NAMES[type(paper)]}_detail", paper.pk)


def submit_noted(request: PortalRequest, paper: Paper, submit: Callable[..., None]) -> None:
    """Submits, with its line in the trail. Raises what ``submit`` does."""
    before = {"status": paper.status}
    with transaction.atomic():
        submit(at=timezone.now(), by=request.access.user)
        after = {"status": paper.status, "version": paper.version}
        action = f"{NAMES[type(paper)]}.submit"
        record_for(request, action=action, about=paper, before=before, after=after)


def withdraw_noted(request: PortalRequest, paper: Paper, withdraw: Callable[..., None]) -> None:
    """Takes back, with its line in the trail. Raises what ``withdraw`` does."""
    with transaction.atomic():
        withdraw(at=timezone.now(), by=request.access.user)
        record_for(request, action=f"{NAMES[type(paper)]}.withdraw", about=paper)


def _waits_for(paper: AnnualPlan | UnitReport) -> str:
    if paper.awaits_approval:
        return _("已报送，等待本单位审核领导审核。")
    if isinstance(paper, AnnualPlan):
        return _("已报送，等待宣传部备案。")
    return _("已报送，等待宣传部审核。")
