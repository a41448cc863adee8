"""A unit's pages of hints: its own side and nothing of anybody else's."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.trail import record_for
from reports.hints.forms import ExplainForm
from reports.hints.own import own_line
from reports.hints.records import Records
from reports.hints.services import explain
from reports.models import HintSide
from units.access.objects import find, reachable
from units.access.requests import PortalRequest
from units.access.roles import Role

PAGE_LENGTH = 50
CONFLICT = 409


@require_safe
def own_hint_list(request: PortalRequest) -> HttpResponse:
    """What is still looked at first, then what is closed."""
    sides = reachable(request, _sides()).order_by("hint__dismissed_at", "-found_at", "-pk")
    page = Paginator(sides, PAGE_LENGTH).get_page(request.GET.get("page"))
    context = {"page": page, "lines": [own_line(side) for side in page]}
    return render(request, "reports/hints/own_hint_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def own_hint(request: PortalRequest, pk: int) -> HttpResponse:
    side = find(request, _sides(), pk=pk)
    if request.method != "POST":
        start = {"version": side.version, "explanation": side.explanation}
        return _page(request, side, ExplainForm(initial=start))
    form = ExplainForm(request.POST)
    if not form.is_valid():
        return _page(request, side, form, status=400)
    if _explain(request, side, form):
        messages.success(request, _("说明已保存，宣传部可以看到。"))
        return redirect("own_hint_list")
    side = find(request, _sides(), pk=pk)
    if not side.hint.is_pending:
        messages.info(request, _("宣传部已核对，或有关记录已变动，不再需要说明。"))
        return redirect("own_hint", pk=pk)
    form.add_error(None, _("他人刚刚保存了说明，见下方。请对照后再提交，您填写的内容还在。"))
    form.data = request.POST.dict() | {"version": side.version}
    return _page(request, side, form, status=CONFLICT)


def _sides() -> QuerySet[HintSide]:
    """With `has_others`: whether another unit has a part in the hint."""
    others = HintSide.objects.filter(hint=OuterRef("hint")).exclude(unit=OuterRef("unit"))
    return HintSide.objects.select_related("hint", "explained_by").annotate(
        has_others=Exists(others)
    )


@transaction.atomic
def _explain(request: PortalRequest, side: HintSide, form: ExplainForm) -> bool:
    asked, by = form.cleaned_data, request.access.user
    text, now = asked["explanation"], timezone.now()
    if not explain(side=side, version=asked["version"], explanation=text, by=by, at=now):
        return False
    record_for(
        request,
        action="hint.explain",
        about=side,
        before={"explanation": side.explanation},
        after={"explanation": text},
    )
    return True


def _page(
    request: PortalRequest, side: HintSide, form: ExplainForm, status: int = 200
) -> HttpResponse:
    acting = request.access.acting
    may_write = acting.role == Role.CLERK and side.hint.is_pending
    context = {
        "side": side,
        "line": own_line(side),
        "records": Records([side.facts], acting).lines(side.facts),
        "form": form if may_write else None,
    }
    return render(request, "reports/hints/own_hint.html", context, status=status)
