"""The department's pages of hints: list, one hint, looking anew, closing one."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.trail import record_for
from reports.hints import search
from reports.hints.forms import DismissForm, FilterForm
from reports.hints.listing import filtered, lines_of
from reports.hints.services import dismiss
from reports.hints.whole import whole
from reports.models import Hint, HintSearch
from reports.wake import wake_after_commit
from units.access.objects import find, reachable
from units.access.requests import PortalRequest

PAGE_LENGTH = 50
CONFLICT = 409


@require_safe
def hint_list(request: PortalRequest) -> HttpResponse:
    form = FilterForm(request.GET if "state" in request.GET else {"state": "pending"})
    found = filtered(reachable(request, Hint.objects.all()), form)
    page = Paginator(found, PAGE_LENGTH).get_page(request.GET.get("page"))
    context = {
        "filter": form,
        "page": page,
        "lines": lines_of(list(page), timezone.localdate()),
        "last": search.last_search(),
        "is_waiting": HintSearch.objects.filter(is_done=False).exists(),
    }
    return render(request, "reports/hints/hint_list.html", context)


@require_safe
def hint_detail(request: PortalRequest, pk: int) -> HttpResponse:
    hint = _hint(request, pk)
    return _page(request, hint, DismissForm(initial={"version": hint.version}))


@require_POST
def hint_dismiss(request: PortalRequest, pk: int) -> HttpResponse:
    hint = _hint(request, pk)
    form = DismissForm(request.POST)
    if not form.is_valid():
        return _page(request, hint, form, status=400)
    if _dismiss(request, hint, form):
        messages.success(request, _("已核对，同一线索不再提示。"))
        return redirect("hint_list")
    hint = _hint(request, pk)
    if not hint.is_pending:
        messages.info(request, _("这条线索的状态是“%s”，没有重复办理。") % hint.get_state_display())
        return redirect("hint", pk=pk)
    form.add_error(None, _("打开本页以后这条线索有了变化，请看过最新情况再提交，填写的内容还在。"))
    form.data = request.POST.dict() | {"version": hint.version}
    return _page(request, hint, form, status=CONFLICT)


@require_POST
def hint_search(request: PortalRequest) -> HttpResponse:
    """Puts a search in the queue; whoever asks does not wait for it."""
    with transaction.atomic():
        is_new = search.ask(by=request.access.user, at=timezone.now())
        record_for(request, action="hint.search", after={"created": is_new})
        wake_after_commit("find_hints")
    if is_new:
        messages.success(request, _("已排队查找，一般一两分钟完成，稍后刷新本页。"))
    else:
        messages.info(request, _("已有一次查找在排队或进行中，没有重复申请。"))
    return redirect("hint_list")


def _hint(request: PortalRequest, pk: int) -> Hint:
    return find(request, Hint.objects.select_related("dismissed_by"), pk=pk)


@transaction.atomic
def _dismiss(request: PortalRequest, hint: Hint, form: DismissForm) -> bool:
    asked = form.cleaned_data
    by, now = request.access.user, timezone.now()
    if not dismiss(hint=hint, version=asked["version"], note=asked["note"], by=by, at=now):
        return False
    record_for(
        request,
        action="hint.dismiss",
        about=hint,
        before={"state": hint.state},
        after={"state": Hint.State.DISMISSED, "note": asked["note"]},
    )
    return True


def _page(request: PortalRequest, hint: Hint, form: DismissForm, status: int = 200) -> HttpResponse:
    told = whole(hint, request.access.acting, timezone.localdate(), request.GET.get("with", ""))
    context = {"hint": hint, "told": told, "form": form if hint.is_pending else None}
    return render(request, "reports/hints/hint.html", context, status=status)
