"""Looking at a roster: as of a day, and one person's way through it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from units.access.objects import find
from units.access.requests import PortalRequest
from units.access.roles import Role
from units.models import Person, Unit
from units.roster.attempts import Attempt, attempt
from units.roster.forms import PersonForm, today_or
from units.roster.reading import history_of, listed_on
from units.roster.services import name_person
from units.roster.terms import digest_of

EDITORS = (Role.CLERK, Role.DEPARTMENT_ADMIN)


@require_safe
def own_roster(request: PortalRequest) -> HttpResponse:
    """The roster of the unit one works for, without naming it."""
    return _roster_page(request, pk=request.access.acting.unit_id)


@require_safe
def roster(request: PortalRequest, code: str) -> HttpResponse:
    return _roster_page(request, code=code)


def _roster_page(request: PortalRequest, **lookup: Any) -> HttpResponse:
    today = timezone.localdate()
    unit = find(request, Unit.objects.named(today), **lookup)
    listed = listed_on(unit, today_or(request.GET.get("on"), today))
    context = {"unit": unit, "listed": listed, "may_edit": may_edit(request)}
    return render(request, "units/roster/roster.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def roster_person(request: PortalRequest, pk: int) -> HttpResponse:
    """A person's terms, and the name by which everybody knows who is meant."""
    person = find(request, Person.objects.select_related("unit"), pk=pk)
    known = {"name": person.name, "distinction": person.distinction}
    form = PersonForm(request.POST or None, initial=known)
    tried = Attempt()
    if request.method == "POST" and form.is_valid():
        tried = attempt(
            request,
            form,
            lambda seen, confirmed: name_person(
                person=person, seen=seen, confirmed=confirmed, **form.cleaned_data
            ),
            action="roster.person",
            before=known,
        )
        if tried.is_done:
            messages.success(request, _("已保存。"))
            return redirect("roster_person", pk=pk)
    unit = Unit.objects.named(timezone.localdate()).get(pk=person.unit_id)
    context = {
        "unit": unit,
        "person": known,
        "pk": pk,
        "entries": history_of(person),
        "form": form,
        "tried": tried,
        "seen": digest_of(unit),
        "may_edit": may_edit(request),
    }
    status = tried.status if request.method == "POST" else 200
    return render(request, "units/roster/person.html", context, status=status)


def may_edit(request: PortalRequest) -> bool:
    """Whether the page offers changes; each change is asked of the policy anyway."""
    return request.access.acting.role in EDITORS
