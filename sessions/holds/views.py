"""The pages on which two people decide what becomes of a held file."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.trail import record_for
from sessions.holds import services
from sessions.holds.forms import HoldRequestForm
from sessions.holds.listing import held_first, held_rows
from sessions.holds.services import HoldError, Wish
from sessions.models import Evidence, HoldRequest
from units.access.objects import find, reachable
from units.access.requests import PortalRequest

PAGE_LENGTH = 50


@require_safe
def held_file_list(request: PortalRequest) -> HttpResponse:
    files = reachable(request, Evidence.held.kept_back())
    shown = Paginator(held_first(files), PAGE_LENGTH).get_page(request.GET.get("page"))
    rows = held_rows(shown.object_list, timezone.localdate())
    return render(request, "sessions/holds/list.html", {"page": shown, "rows": rows})


@require_safe
def held_file(request: PortalRequest, pk: int) -> HttpResponse:
    """Shows the name of one file, which each time leaves a line in the trail."""
    evidence = _held(request, pk)
    record_for(request, action="hold.view", about=evidence)
    return _page(request, evidence, HoldRequestForm())


@require_POST
def held_file_ask(request: PortalRequest, pk: int) -> HttpResponse:
    evidence = _held(request, pk)
    form = HoldRequestForm(request.POST)
    if not form.is_valid():
        return _page(request, evidence, form, status=400)
    now, by = timezone.now(), request.access.user
    try:
        with transaction.atomic():
            asked = services.ask(evidence=evidence, by=by, at=now, **form.cleaned_data)
            record_for(request, action="hold.ask", about=evidence, after=services.facts(asked))
    except HoldError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("已提出，等待另一位管理员复核。"))
    return redirect("held_file", pk=pk)


@require_POST
def held_file_agree(request: PortalRequest, pk: int, request_pk: int) -> HttpResponse:
    evidence = _held(request, pk)
    asked = _request_of(evidence, request_pk)
    before = services.facts(asked)
    try:
        with transaction.atomic():
            services.agree(request=asked, by=request.access.user, at=timezone.now())
            action = "hold.release" if asked.wish == Wish.RELEASE else "hold.destroy"
            record_for(request, action=action, about=evidence, before=before)
    except HoldError as refusal:
        messages.error(request, str(refusal))
        return redirect("held_file", pk=pk)
    done = _("已解除暂扣。") if asked.wish == Wish.RELEASE else _("文件已销毁，登记和校验值留存。")
    messages.success(request, done)
    return redirect("held_file_list")


@require_POST
def held_file_decline(request: PortalRequest, pk: int, request_pk: int) -> HttpResponse:
    evidence = _held(request, pk)
    asked = _request_of(evidence, request_pk)
    try:
        with transaction.atomic():
            services.decline(request=asked, by=request.access.user, at=timezone.now())
            before = services.facts(asked)
            record_for(request, action="hold.decline", about=evidence, before=before)
    except HoldError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("文件继续暂扣，可以重新提出处理意见。"))
    return redirect("held_file", pk=pk)


def _held(request: PortalRequest, pk: int) -> Evidence:
    return find(request, held_first(Evidence.held.kept_back()), pk=pk)


def _request_of(evidence: Evidence, pk: int) -> HoldRequest:
    asked = evidence.hold_requests.select_related("evidence").filter(pk=pk).first()
    if asked is None:
        raise Http404
    return asked


def _page(
    request: PortalRequest, evidence: Evidence, form: HoldRequestForm, status: int = 200
) -> HttpResponse:
    requests = list(evidence.hold_requests.select_related("asked_by", "decided_by"))
    waiting = next((each for each in requests if each.decided_at is None), None)
    context = {
        "row": held_rows([evidence], timezone.localdate())[0],
        "name": evidence.name,
        "requests": requests,
        "waiting": waiting,
        "is_mine": waiting is not None and waiting.asked_by_id == request.access.user.pk,
        "form": form,
    }
    return render(request, "sessions/holds/detail.html", context, status=status)
