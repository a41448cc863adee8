"""Proposals of roles: what waits, one of them, deciding it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.administering import AccountError
from accounts.trail import origin_of
from units.access.objects import find, reachable
from units.access.requests import PortalRequest
from units.access.roles import Role
from units.administration.comparing import Difference
from units.administration.forms import NoteForm, ProposalForm, suggestion_of
from units.administration.proposing import (
    AlreadyProposedError,
    Wish,
    confirm,
    propose,
    refuse,
    why_not_confirm,
)
from units.administration.reading import accounts
from units.assignments import GrantError
from units.models import RoleProposal, Unit
from units.querysets import RoleProposalQuerySet

PAGE_LENGTH = 50


def _proposals() -> RoleProposalQuerySet:
    rows = RoleProposal.objects.select_related("user", "unit", "proposed_by", "decided_by")
    return rows.named(timezone.localdate())


def _who(request: PortalRequest) -> dict[str, Any]:
    return {"at": timezone.now(), "by": request.access.user, "origin": origin_of(request)}


def _role(request: PortalRequest) -> Role:
    return Role(request.access.acting.role)


def proposed(request: PortalRequest, form: Form, wish: Wish) -> HttpResponse | None:
    """Proposes it and shows the proposal; None if it was refused, with the reason in the form.

    Beside one that waits already: a page with both.
    """
    try:
        proposal = propose(wish=wish, role=_role(request), **_who(request))
    except AlreadyProposedError as doubled:
        standing = _proposals().get(pk=doubled.standing.pk)
        return _page(request, standing, differences=_differences(standing, wish), status=409)
    except GrantError as refused:
        form.add_error(None, str(refused))
        return None
    messages.success(request, _("已提出，等待另一人确认；确认以前没有任何变动。"))
    return redirect("proposal_detail", pk=proposal.pk)


def _differences(standing: RoleProposal, wish: Wish) -> list[Difference]:
    ends = [str(each) if each else _("长期") for each in (standing.end_date, wish.end_date)]
    return [
        Difference(_("事项"), standing.get_kind_display(), str(wish.kind.label)),
        Difference(_("生效日期"), str(standing.start_date), str(wish.start_date)),
        Difference(_("失效日期"), *ends),
        Difference(_("事由"), standing.reason, wish.reason),
    ]


@require_safe
def proposal_list(request: PortalRequest) -> HttpResponse:
    rows = reachable(request, _proposals())
    waiting = rows.filter(state=RoleProposal.State.OPEN)
    decided = rows.exclude(state=RoleProposal.State.OPEN).order_by("-decided_at", "-pk")
    context = {
        "waiting": waiting,
        "page": Paginator(decided, PAGE_LENGTH).get_page(request.GET.get("page")),
        "may_propose": _role(request) == Role.DEPARTMENT_ADMIN,
    }
    return render(request, "units/administration/proposal_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def proposal_create(request: PortalRequest) -> HttpResponse:
    acting, today = request.access.acting, timezone.localdate()
    units = Unit.objects.below(acting.unit).existing_in(today, today).named(today)
    form = ProposalForm(
        request.POST if request.method == "POST" else None,
        units=units,
        today=today,
        people=accounts().administered_by(acting),
    )
    if form.is_valid():
        values = dict(form.cleaned_data)
        wish = Wish(user=values.pop("username"), **values)
        if answer := proposed(request, form, wish):
            return answer
    context = {"form": form, "suggestions": [suggestion_of(unit) for unit in units]}
    return render(request, "units/administration/proposal_create.html", context)


@require_safe
def proposal_detail(request: PortalRequest, pk: int) -> HttpResponse:
    return _page(request, find(request, _proposals(), pk=pk))


@require_POST
def proposal_confirm(request: PortalRequest, pk: int) -> HttpResponse:
    today = timezone.localdate()

    def act(proposal: RoleProposal) -> None:
        confirm(proposal=proposal, role=_role(request), today=today, **_who(request))

    return _decide(request, pk, act, _("已确认并办理。"))


@require_POST
def proposal_refuse(request: PortalRequest, pk: int) -> HttpResponse:
    """Declining somebody else's, or taking one's own back."""
    form = NoteForm(request.POST)
    note = form.cleaned_data["note"] if form.is_valid() else ""

    def act(proposal: RoleProposal) -> None:
        refuse(proposal=proposal, note=note, **_who(request))

    return _decide(request, pk, act, _("已结束这条建议，角色没有变动。"))


def _decide(
    request: PortalRequest, pk: int, act: Callable[[RoleProposal], None], said: str
) -> HttpResponse:
    proposal = find(request, _proposals(), pk=pk)
    try:
        act(proposal)
    except (AccountError, GrantError) as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, said)
    return redirect("proposal_detail", pk=pk)


def _page(
    request: PortalRequest,
    proposal: RoleProposal,
    differences: list[Difference] | None = None,
    status: int = 200,
) -> HttpResponse:
    user = request.access.user
    context = {
        "proposal": proposal,
        "is_open": proposal.state == RoleProposal.State.OPEN,
        "is_own": proposal.proposed_by_id == user.pk,
        "why_not": why_not_confirm(proposal, user, _role(request)),
        "form": NoteForm(),
        "differences": differences,
    }
    return render(request, "units/administration/proposal_detail.html", context, status=status)
