"""Changing a roster, entry by entry."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from units.access.objects import find
from units.access.requests import PortalRequest
from units.models import Person, RosterEntry, Unit
from units.roster import services
from units.roster.attempts import Attempt, attempt
from units.roster.forms import AddForm, ChangeForm, EndForm, OfficeForm, bare_name
from units.roster.reading import listed_on, next_rank
from units.roster.services import office_of
from units.roster.terms import digest_of

FORM_METHODS = ["GET", "HEAD", "POST"]
ENTRIES = RosterEntry.objects.select_related("person__unit")


@require_http_methods(FORM_METHODS)
def roster_add(request: PortalRequest, code: str) -> HttpResponse:
    today = timezone.localdate()
    unit = find(request, Unit.objects.named(today), code=code)
    # PostgreSQL refuses to look for a NUL; the form says so to whoever sent one.
    name = bare_name(request.POST.get("name", "").replace("\0", ""))
    namesakes = list(Person.objects.filter(unit=unit, name=name)) if name else []
    initial = {"rank_order": next_rank(unit, today)}
    form = AddForm(request.POST or None, namesakes=namesakes, initial=initial)
    tried = Attempt()
    if form.is_bound and form.repeated(unit) is not None:
        return _done(request, unit, _("%s此前已经增加，没有重复登记。") % name)
    if form.is_bound and form.is_valid():
        tried = attempt(
            request,
            form,
            lambda seen, confirmed: services.add_entry(
                unit=unit,
                name=form.cleaned_data["name"],
                distinction=form.cleaned_data["distinction"],
                office=form.office(),
                seen=seen,
                confirmed=confirmed,
            ),
            action="roster.add",
        )
        if tried.is_done:
            return _done(request, unit, _("已增加%s。") % name)
    return form_page(request, unit, form, tried, _("增加成员"))


@require_http_methods(FORM_METHODS)
def roster_end(request: PortalRequest, pk: int) -> HttpResponse:
    entry = find(request, ENTRIES, pk=pk)
    form = EndForm(request.POST or None)

    def end(seen: str, confirmed: str) -> RosterEntry:
        return services.end_term(
            entry=entry,
            on=form.cleaned_data["end_date"],
            document_no=form.cleaned_data["document_no"],
            seen=seen,
            confirmed=confirmed,
        )

    done = _("%s已离任。") % entry.person.name
    return _entry_form(request, entry, form, end, "roster.end", _("结束任期"), done)


@require_http_methods(FORM_METHODS)
def roster_change(request: PortalRequest, pk: int) -> HttpResponse:
    entry = find(request, ENTRIES, pk=pk)
    initial = _told(entry) | {"start_date": None, "appointment_no": "", "note": ""}
    form = ChangeForm(request.POST or None, initial=initial)

    def change(seen: str, confirmed: str) -> RosterEntry:
        return services.change_office(
            entry=entry, office=form.office(), seen=seen, confirmed=confirmed
        )

    done = _("%s的职务已变动。") % entry.person.name
    return _entry_form(request, entry, form, change, "roster.change", _("职务变动"), done)


@require_http_methods(FORM_METHODS)
def roster_correct(request: PortalRequest, pk: int) -> HttpResponse:
    entry = find(request, ENTRIES, pk=pk)
    form = OfficeForm(request.POST or None, initial=_told(entry))

    def correct(seen: str, confirmed: str) -> RosterEntry:
        return services.correct_entry(
            entry=entry, office=form.office(), seen=seen, confirmed=confirmed
        )

    told = "roster.correct", _("更正条目"), _("已更正。")
    return _entry_form(request, entry, form, correct, *told, may_remove=True)


@require_POST
def roster_remove(request: PortalRequest, pk: int) -> HttpResponse:
    entry = find(request, ENTRIES, pk=pk)
    unit, before = entry.person.unit, _told(entry) | {"name": entry.person.name}
    form = Form(request.POST)
    form.full_clean()

    def remove(seen: str, confirmed: str) -> Unit:
        services.remove_entry(entry=entry, seen=seen, confirmed=confirmed)
        return unit

    tried = attempt(request, form, remove, action="roster.remove", before=before)
    if tried.is_done:
        return _done(request, unit, _("已删除。"))
    return _entry_page(request, entry, form, tried, _("删除条目"))


def form_page(
    request: PortalRequest, unit: Unit, form: Form, tried: Attempt, title: str, **more: Any
) -> HttpResponse:
    """The form, for the first time or with what stands against it and everything typed."""
    today = timezone.localdate()
    context = {
        "unit": unit,
        "form": form,
        "tried": tried,
        "title": title,
        "seen": digest_of(unit),
        "listed": listed_on(unit, today) if tried.is_stale else None,
    }
    status = tried.status if request.method == "POST" else 200
    return render(request, "units/roster/change.html", {**context, **more}, status=status)


def _entry_form(
    request: PortalRequest,
    entry: RosterEntry,
    form: Form,
    change: Callable[[str, str], RosterEntry],
    action: str,
    title: str,
    done: str,
    **more: Any,
) -> HttpResponse:
    """The form of one change of an entry: shown, tried, done or shown again."""
    tried = Attempt()
    if form.is_bound and form.is_valid():
        tried = attempt(request, form, change, action=action, before=_told(entry))
        if tried.is_done:
            return _done(request, entry.person.unit, done)
    return _entry_page(request, entry, form, tried, title, **more)


def _entry_page(
    request: PortalRequest,
    entry: RosterEntry,
    form: Form,
    tried: Attempt,
    title: str,
    **more: Any,
) -> HttpResponse:
    unit = Unit.objects.named(timezone.localdate()).get(pk=entry.person.unit_id)
    return form_page(request, unit, form, tried, title, entry=entry, **more)


def _done(request: PortalRequest, unit: Unit, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("roster", code=unit.code)


def _told(entry: RosterEntry) -> dict[str, Any]:
    return asdict(office_of(entry))
