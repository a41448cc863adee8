"""Choosing the role to act in; looking at units."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.trail import record_for
from units.access.acting import act_as, held_by
from units.access.objects import find, reachable
from units.access.requests import PortalRequest
from units.models import Assignment, Unit

PAGE_LENGTH = 100


@require_safe
def choose_role(request: PortalRequest) -> HttpResponse:
    held = held_by(request.access.user, timezone.localdate())
    context = {"held": held, "acting": request.access.assignment}
    return render(request, "units/choose_role.html", context)


@require_POST
def switch_role(request: PortalRequest, pk: int) -> HttpResponse:
    """Acts in another of the user's own roles; somebody else's are as absent as missing ones."""
    in_force = Assignment.objects.in_force(timezone.localdate()).select_related("unit")
    assignment = find(request, in_force, pk=pk)
    act_as(request, assignment)
    request.acting_as = {"role": assignment.role, "unit_code": assignment.unit.code}
    record_for(request, action="account.switch_role", about=assignment)
    messages.success(
        request, _("现以“%(role)s”身份办理。") % {"role": assignment.get_role_display()}
    )
    return redirect("home")


@require_safe
def unit_list(request: PortalRequest) -> HttpResponse:
    today = timezone.localdate()
    units = reachable(request, Unit.objects.existing_in(today, today).named(today))
    page = Paginator(units.select_related("category"), PAGE_LENGTH).get_page(
        request.GET.get("page")
    )
    return render(request, "units/unit_list.html", {"page": page})


@require_safe
def unit_detail(request: PortalRequest, code: str) -> HttpResponse:
    today = timezone.localdate()
    units = Unit.objects.named(today).select_related("category", "successor")
    unit = find(request, units, code=code)
    return render(request, "units/unit_detail.html", {"unit": unit, "names": unit.names.all()})
