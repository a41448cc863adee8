"""Granting, revoking and handing over roles."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.administering import AccountError
from accounts.trail import origin_of
from units.access.objects import find, reachable
from units.access.requests import PortalRequest
from units.administration.forms import GrantForm, HandOverForm, RevokeForm, suggestion_of
from units.administration.reading import accounts
from units.administration.services import grant_role, revoke_role
from units.assignments import GrantError, hand_over
from units.models import Assignment, Unit


def _assignment(request: PortalRequest, pk: int) -> Assignment:
    rows = Assignment.objects.select_related("unit", "user").named(timezone.localdate())
    return find(request, rows, pk=pk)


def _is_done(form: Form, act: Callable[[], object]) -> bool:
    """Does it; a refusal stands at the head of the form."""
    try:
        act()
    except (AccountError, GrantError) as refused:
        form.add_error(None, str(refused))
        return False
    return True


def _who(request: PortalRequest) -> dict[str, Any]:
    return {"at": timezone.now(), "by": request.access.user, "origin": origin_of(request)}


@require_http_methods(["GET", "HEAD", "POST"])
def role_grant(request: PortalRequest, pk: int) -> HttpResponse:
    user, today = find(request, accounts(), pk=pk), timezone.localdate()
    units = Unit.objects.below(request.access.acting.unit).existing_in(today, today).named(today)
    data = request.POST if request.method == "POST" else None
    form = GrantForm(data, units=units, today=today)
    if form.is_valid() and _is_done(
        form, lambda: grant_role(user=user, **form.cleaned_data, **_who(request))
    ):
        role = form.cleaned_data["role"].label
        messages.success(request, _("已授予“%(role)s”。") % {"role": role})
        return redirect("account_detail", pk=pk)
    context = {"form": form, "owner": user, "suggestions": [suggestion_of(unit) for unit in units]}
    return render(request, "units/administration/role_grant.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def role_revoke(request: PortalRequest, pk: int) -> HttpResponse:
    assignment = _assignment(request, pk)
    data = request.POST if request.method == "POST" else None
    form = RevokeForm(data, today=timezone.localdate())
    if form.is_valid() and _is_done(
        form,
        lambda: revoke_role(assignment=assignment, **form.cleaned_data, **_who(request)),
    ):
        messages.success(request, _("已收回。"))
        return redirect("account_detail", pk=assignment.user_id)
    context = {"form": form, "assignment": assignment, "action": _("收回角色")}
    return render(request, "units/administration/role_end.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def role_hand_over(request: PortalRequest, pk: int) -> HttpResponse:
    assignment = _assignment(request, pk)
    people, today = reachable(request, accounts()), timezone.localdate()
    data = request.POST if request.method == "POST" else None
    form = HandOverForm(data, assignment=assignment, people=people, today=today)
    if form.is_valid() and _is_done(
        form, lambda: hand_over(assignment=assignment, **form.cleaned_data, **_who(request))
    ):
        messages.success(request, _("已移交，接任人从移交日期起办理。"))
        return redirect("account_detail", pk=assignment.user_id)
    context = {"form": form, "assignment": assignment, "action": _("移交角色")}
    return render(request, "units/administration/role_end.html", context)
