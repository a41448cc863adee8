"""Correcting whose account it is and where its mail goes."""

from dataclasses import dataclass

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.administering import edit_account
from accounts.models import User
from accounts.trail import record_for
from units.access.objects import find
from units.access.requests import PortalRequest
from units.administration.forms import AccountEditForm
from units.administration.reading import accounts

FIELDS = ("full_name", "email")


@dataclass(frozen=True)
class Difference:
    """A field as somebody else left it, and as this user wants it."""

    label: str
    standing: str
    wanted: str


def _facts(user: User) -> dict[str, str]:
    return {name: getattr(user, name) for name in FIELDS}


def _save(request: PortalRequest, user: User, form: AccountEditForm) -> bool:
    with transaction.atomic():
        if not edit_account(user=user, **form.cleaned_data):
            return False
        after = {name: form.cleaned_data[name] for name in FIELDS}
        record_for(request, action="account.edit", about=user, before=_facts(user), after=after)
    return True


@require_http_methods(["GET", "HEAD", "POST"])
def account_edit(request: PortalRequest, pk: int) -> HttpResponse:
    user = find(request, accounts(), pk=pk)
    if request.method != "POST":
        form = AccountEditForm(initial=_facts(user) | {"version": user.version})
        return _page(request, user, form)
    form = AccountEditForm(request.POST)
    if not form.is_valid():
        return _page(request, user, form)
    if _save(request, user, form):
        messages.success(request, _("已修改。"))
        return redirect("account_detail", pk=pk)
    return _conflict(request, user, form)


def _conflict(request: PortalRequest, user: User, form: AccountEditForm) -> HttpResponse:
    """Both versions beside one another; sending the form again takes what was typed."""
    user.refresh_from_db()
    standing, wanted = _facts(user), form.cleaned_data
    differences = [
        Difference(str(form.fields[name].label), standing[name], wanted[name]) for name in FIELDS
    ]
    again = AccountEditForm(wanted | {"version": user.version})
    return _page(request, user, again, differences=differences, status=409)


def _page(
    request: PortalRequest,
    user: User,
    form: AccountEditForm,
    differences: list[Difference] | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {"form": form, "owner": user, "differences": differences}
    return render(request, "units/administration/account_edit.html", context, status=status)
