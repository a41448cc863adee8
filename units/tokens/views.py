"""The owner's pages of API tokens."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.trail import origin_of
from units.access.acting import held_by
from units.access.objects import find, reachable
from units.access.requests import PortalRequest
from units.models import ApiToken, Assignment
from units.tokens.forms import TokenForm
from units.tokens.services import TokenError, make, revoke
from units.tokens.using import dead_among

# Dead tokens are shown so that nobody wonders where one went; the trail knows all of them.
DEAD_SHOWN = 20


@require_safe
def token_list(request: PortalRequest) -> HttpResponse:
    now = timezone.now()
    today = timezone.localdate(now)
    rows = ApiToken.objects.named(today).select_related("assignment__user", "assignment__unit")
    dead = rows.exclude(pk__in=ApiToken.objects.living(now).values("pk"))
    context = {
        "living": reachable(request, rows.living(now)),
        "dead": dead_among(reachable(request, dead)[:DEAD_SHOWN], now),
        "held": held_by(request.access.user, today),
    }
    return render(request, "units/tokens/token_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def token_make(request: PortalRequest, pk: int) -> HttpResponse:
    now = timezone.now()
    today = timezone.localdate(now)
    in_force = Assignment.objects.in_force(today).select_related("unit", "user").named(today)
    assignment = find(request, in_force, pk=pk)
    form = TokenForm(request.POST if request.method == "POST" else None, assignment=assignment)
    if form.is_valid():
        try:
            token, secret = make(
                assignment=assignment, at=now, origin=origin_of(request), **form.cleaned_data
            )
            return _shown_once(request, token, secret)
        except TokenError as refused:
            form.add_error(None, str(refused))
    context = {"form": form, "assignment": assignment}
    return render(request, "units/tokens/token_make.html", context)


def _shown_once(request: PortalRequest, token: ApiToken, secret: str) -> HttpResponse:
    """The only time the secret is shown: the answer to the form itself, kept nowhere."""
    sees_study = token.assignment.sees_study
    address = request.build_absolute_uri(reverse("api_units" if sees_study else "api_schema"))
    context: dict[str, Any] = {
        "token": token,
        "secret": secret,
        "example": f'curl -H "Authorization: Token {secret}" {address}',
        "answer": _("单位名单") if sees_study else _("接口定义"),
    }
    return render(request, "units/tokens/token_made.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def token_revoke(request: PortalRequest, pk: int) -> HttpResponse:
    tokens = ApiToken.objects.named(timezone.localdate())
    token = find(request, tokens.select_related("assignment__unit"), pk=pk)
    if request.method != "POST":
        return render(request, "units/tokens/token_revoke.html", {"token": token})
    user, now = request.access.user, timezone.now()
    if revoke(token=token, at=now, by=user, origin=origin_of(request)):
        messages.success(request, _("已撤销“%(name)s”，立即失效。") % {"name": token.name})
    else:
        messages.info(request, _("“%(name)s”此前已经撤销。") % {"name": token.name})
    return redirect("token_list")
