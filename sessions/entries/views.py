"""Pages of personal records and outcomes: list, add, change, delete."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.trail import has_just_done, record_for
from sessions.entries import services
from sessions.entries.books import Book
from sessions.entries.forms import EntryForm
from sessions.entries.listing import FilterForm, filtered, listed, with_names
from sessions.entries.services import Entry, EntryError, StaleEntryError
from sessions.models import Outcome
from units.access.acting import refuse_switched
from units.access.numbers import sent_number
from units.access.objects import find, reachable
from units.access.requests import PortalRequest
from units.access.roles import Role
from units.models import Person, Unit

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

PAGE_LENGTH = 50
_TWICE = gettext_lazy("这一条此前已经登记，没有重复存。")


@require_safe
def entry_list(request: PortalRequest, book: Book) -> HttpResponse:
    today, acting = timezone.localdate(), request.access.acting
    asked = request.GET if request.GET else {"year": str(today.year)}
    form = FilterForm(asked, kinds=book.kinds, today=today)
    found = with_names(filtered(reachable(request, book.rows), form), today)
    page = Paginator(found, PAGE_LENGTH).get_page(request.GET.get("page"))
    context = {
        "book": book,
        "filter": form,
        "page": page,
        "rows": [listed(entry) for entry in page],
        "may_write": acting.role == Role.CLERK,
        "edit_route": f"{book.key}_edit",
        "new_route": f"{book.key}_new",
    }
    return render(request, "sessions/entries/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def entry_new(request: PortalRequest, book: Book) -> HttpResponse:
    unit = find(request, Unit.objects.all(), pk=request.access.acting.unit_id)
    entry = book.model()
    if isinstance(entry, Outcome):
        entry.unit = unit
    _refuse_foreign_person(request)
    form = _form(request, book, entry)
    if request.method != "POST":
        return _page(request, book, form)
    if form.repeats:
        return _done(request, book, _TWICE)
    if not form.is_valid():
        return _page(request, book, form)
    refuse_switched(request)
    with transaction.atomic():
        written, is_new = services.add_entry(entry=form.save(commit=False))
        if is_new:
            after = services.facts(written)
            record_for(request, action=f"{book.key}.add", about=written, after=after)
    return _done(request, book, _("已登记。") if is_new else _TWICE)


@require_http_methods(["GET", "HEAD", "POST"])
def entry_edit(request: PortalRequest, book: Book, pk: int) -> HttpResponse:
    entry: Entry = find(request, book.rows, pk=pk)
    _refuse_foreign_person(request)
    opened = request.POST.get("seal", "") if request.method == "POST" else services.seal(entry)
    form = _form(request, book, entry)
    if request.method != "POST" or not form.is_valid():
        return _page(request, book, form, entry=entry, seal=opened)
    changed: Entry = form.save(commit=False)
    try:
        with transaction.atomic():
            before = services.change_entry(entry=changed, opened=opened)
            after = services.facts(changed)
            record_for(
                request, action=f"{book.key}.edit", about=changed, before=before, after=after
            )
    except EntryError as error:
        form.add_error(None, str(error))
        return _page(request, book, form, entry=entry, seal=opened)
    except StaleEntryError as stale:
        return _conflict(request, book, form, stale.stored)
    return _done(request, book, _("已保存。"))


@require_POST
def entry_delete(request: PortalRequest, book: Book, pk: int) -> HttpResponse:
    action = f"{book.key}.delete"
    try:
        entry: Entry = find(request, book.rows, pk=pk)
    except Http404:
        if not has_just_done(request, action=action, model=book.rows.model, pk=pk):
            raise
        messages.info(request, _("这一条此前已经删除。"))
        return redirect(f"{book.key}_list")
    opened = request.POST.get("seal", "")
    if opened and opened != services.seal(entry):
        messages.error(request, _("他人刚刚修改过这一条，没有删除。请看过现在的内容再决定。"))
        return redirect(f"{book.key}_edit", pk=pk)
    with transaction.atomic():
        before = services.facts(entry)
        record_for(request, action=action, about=entry, before=before)
        services.delete_entry(entry=entry)
    return _done(request, book, _("已删除“%s”。") % entry.title)


def _done(request: PortalRequest, book: Book, said: "StrOrPromise") -> HttpResponse:
    messages.success(request, said)
    return redirect(f"{book.key}_list")


def _refuse_foreign_person(request: PortalRequest) -> None:
    """Somebody of another unit is as absent as nobody at all: 404."""
    person = sent_number(request.POST.get("person", ""))
    if person is not None:
        find(request, Person.objects.all(), pk=person)


def _form(request: PortalRequest, book: Book, entry: Entry) -> EntryForm:
    return book.form(
        request.POST if request.method == "POST" else None,
        instance=entry,
        unit=request.access.acting.unit,
        today=timezone.localdate(),
    )


def _conflict(request: PortalRequest, book: Book, form: EntryForm, stored: Entry) -> HttpResponse:
    """What was typed stays in the form; beside it what somebody else has saved meanwhile."""
    theirs = book.form(instance=stored, unit=form.unit, today=form.today)
    differing = [
        (bound.label, _said(form, bound.name), _said(theirs, bound.name))
        for bound in form
        if _said(form, bound.name) != _said(theirs, bound.name)
    ]
    seal = services.seal(stored)
    return _page(request, book, form, entry=stored, seal=seal, differing=differing, status=409)


def _said(form: EntryForm, name: str) -> str:
    """A field's value as its widget shows it."""
    value = form[name].value()
    choices: Any = getattr(form.fields[name], "choices", ())
    words = {str(key): str(label) for key, label in choices}
    return words.get(str(value), str(value or ""))


def _page(request: PortalRequest, book: Book, form: EntryForm, **context: Any) -> HttpResponse:
    status = context.pop("status", 400 if form.errors else 200)
    routes = {"list_route": f"{book.key}_list", "delete_route": f"{book.key}_delete"}
    context |= {"book": book, "form": form, **routes}
    return render(request, "sessions/entries/form.html", context, status=status)
