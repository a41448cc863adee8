"""Proposing to grant and to revoke roles, and handing them over."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.administering import AccountError
from accounts.trail import origin_of
from units.access.objects import find, reachable
from units.access.requests import PortalRequest
from units.access.roles import Role
from units.administration.comparing import Difference
from units.administration.forms import GrantForm, HandOverForm, RevokeForm, suggestion_of
from units.administration.proposal_views import proposed
from units.administration.proposing import Kind, Wish
from units.administration.reading import accounts
from units.assignments import GrantError, StaleAssignmentError, hand_over
from units.models import Assignment, Unit


def _assignment(request: PortalRequest, pk: int) -> Assignment:
    rows = Assignment.objects.select_related("unit", "user").named(timezone.localdate())
    return find(request, rows, pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def role_grant(request: PortalRequest, pk: int) -> HttpResponse:
    user, today = find(request, accounts(), pk=pk), timezone.localdate()
    units = Unit.objects.below(request.access.acting.unit).existing_in(today, today).named(today)
    form = GrantForm(request.POST if request.method == "POST" else None, units=units, today=today)
    if form.is_valid():
        wish = Wish(kind=Kind.GRANT, user=user, **form.cleaned_data)
        if answer := proposed(request, form, wish):
            return answer
    context = {"form": form, "owner": user, "suggestions": [suggestion_of(unit) for unit in units]}
    return render(request, "units/administration/role_grant.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def role_revoke(request: PortalRequest, pk: int) -> HttpResponse:
    assignment = _assignment(request, pk)
    data = request.POST if request.method == "POST" else None
    form = RevokeForm(data, today=timezone.localdate())
    if form.is_valid():
        wish = Wish(
            kind=Kind.REVOKE,
            user=assignment.user,
            role=Role(assignment.role),
            unit=assignment.unit,
            start_date=form.cleaned_data["on"],
            reason=form.cleaned_data["reason"],
        )
        if answer := proposed(request, form, wish):
            return answer
    context = {"form": form, "assignment": assignment, "action": _("提出收回角色")}
    return render(request, "units/administration/role_end.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def role_hand_over(request: PortalRequest, pk: int) -> HttpResponse:
    assignment = _assignment(request, pk)
    options: dict[str, Any] = {
        "assignment": assignment,
        "people": reachable(request, accounts()),
        "today": timezone.localdate(),
    }
    if request.method != "POST":
        form = HandOverForm(initial={"seen": assignment.end_date}, **options)
        return _hand_over_page(request, assignment, form)
    form = HandOverForm(request.POST, **options)
    if not form.is_valid():
        return _hand_over_page(request, assignment, form)
    wanted = form.cleaned_data
    assignment.end_date = wanted.pop("seen")
    try:
        hand_over(assignment=assignment, **wanted, **_who(request))
    except StaleAssignmentError:
        assignment.refresh_from_db(fields=["end_date"])
        again = HandOverForm(_seen_anew(request, assignment), **options)
        differences = _differences(assignment, wanted)
        return _hand_over_page(request, assignment, again, differences=differences)
    except (AccountError, GrantError) as refused:
        form.add_error(None, str(refused))
        return _hand_over_page(request, assignment, form)
    messages.success(request, _("已移交，接任人从移交日期起办理。"))
    return redirect("account_detail", pk=assignment.user_id)


def _seen_anew(request: PortalRequest, assignment: Assignment) -> QueryDict:
    """What was typed, by somebody who now knows how the role stands."""
    typed = request.POST.copy()
    typed["seen"] = str(assignment.end_date or "")
    return typed


def _differences(assignment: Assignment, wanted: dict[str, Any]) -> list[Difference]:
    """How the role stands now, and what this user wants of it."""
    today = timezone.localdate()
    others = Assignment.objects.filter(role=assignment.role, unit=assignment.unit)
    others = others.exclude(user=assignment.user_id).exclude(end_date__lte=today)
    names = [
        f"{each.user.full_name}（{each.start_date}起）" for each in others.select_related("user")
    ]
    end = str(assignment.end_date) if assignment.end_date else _("长期")
    return [
        Difference(_("原任人失效日期"), end, str(wanted["on"])),
        Difference(_("任此职的其他人"), "、".join(names), wanted["to"].full_name),
    ]


def _who(request: PortalRequest) -> dict[str, Any]:
    return {"at": timezone.now(), "by": request.access.user, "origin": origin_of(request)}


def _hand_over_page(
    request: PortalRequest, assignment: Assignment, form: HandOverForm, **more: Any
) -> HttpResponse:
    context = {"form": form, "assignment": assignment, "action": _("移交角色"), **more}
    status = 409 if more else 200
    return render(request, "units/administration/role_end.html", context, status=status)
