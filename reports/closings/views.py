"""Pages of closings: months, preview, one closing, what changed since, opening again."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.trail import origin_of
from reports.chunks.size import is_large
from reports.closing import ClosingError, ask_closing, close_month, standing_closing
from reports.closings.forms import MonthForm, ReasonForm
from reports.closings.listing import change_lines
from reports.closings.months import UNDER_WAY, is_under_way, month_lines, years_of
from reports.closings.preview import called, not_over
from reports.closings.previewing import SHOWN, Waiting, previewed
from reports.closings.reading import AT_ONCE, PAGE_LENGTH, closed_month, history, undecided
from reports.closings.reopening import (
    ask_reopening,
    confirm_reopening,
    decline_reopening,
    other_deciders,
)
from reports.models import Closing, Reopening
from reports.periods import Month
from units.access.numbers import sent_number
from units.access.objects import find
from units.access.requests import PortalRequest
from units.access.roles import Role
from units.models import Unit


def _is_admin(request: PortalRequest) -> bool:
    """Whether the page offers what the department's administrator does; the policy asks again."""
    return request.access.acting.role == Role.DEPARTMENT_ADMIN


def _who(request: PortalRequest) -> dict[str, Any]:
    return {"at": timezone.now(), "by": request.access.user, "origin": origin_of(request)}


def _closing(request: PortalRequest, pk: int) -> Closing:
    rows = Closing.objects.select_related("root", "closed_by", "reopened_by")
    return find(request, rows, pk=pk)


def _month(request: PortalRequest, asked: Any) -> Month | None:
    """The month asked for; None with a sentence on the next page."""
    form = MonthForm(asked)
    if form.is_valid():
        month: Month = form.cleaned_data["month"]
        return month
    messages.error(request, _("请从列表中选择要封账的月份。"))
    return None


@require_safe
def closing_list(request: PortalRequest) -> HttpResponse:
    today, root = timezone.localdate(), request.access.acting.unit
    years = years_of(root, today)
    asked = sent_number(request.GET.get("year", ""))
    year = asked if asked in years else today.year
    lines = month_lines(root, year, today)
    context = {
        "lines": lines,
        "years": years,
        "year": year,
        "is_admin": _is_admin(request),
        "polls": any(line.state == UNDER_WAY for line in lines),
    }
    return render(request, "reports/closings/list.html", context)


@require_safe
def closing_preview(request: PortalRequest) -> HttpResponse:
    month = _month(request, request.GET)
    if month is None:
        return redirect("closing_list")
    today, root = timezone.localdate(), request.access.acting.unit
    elsewhere = _instead_of_preview(request, root, month, today)
    if elsewhere is not None:
        return elsewhere
    found = previewed(root, month, now=timezone.now(), again="again" in request.GET)
    if isinstance(found, Waiting):
        context = {"month": month, "waiting": found}
        return render(request, "reports/closings/preview_waiting.html", context)
    if "HX-Request" in request.headers:  # the page that waited for it
        return HttpResponse(headers={"HX-Refresh": "true"})
    page = Paginator(found.unsettled, SHOWN).get_page(request.GET.get("page"))
    context = {
        "month": month,
        "preview": found,
        "page": page,
        "lines": called(list(page), month),
        "refusal": not_over(month) if month.last >= today else "",
        "is_admin": _is_admin(request),
    }
    return render(request, "reports/closings/preview.html", context)


def _instead_of_preview(
    request: PortalRequest, root: Unit, month: Month, today: dt.date
) -> HttpResponse | None:
    """Where to go for a month that is closed, being closed, or still to come."""
    standing = standing_closing(root, month)
    if standing is not None:
        return redirect("closing_detail", pk=standing.pk)
    if month.first > today:
        messages.error(request, not_over(month))
        return redirect("closing_list")
    if is_under_way(root, month):
        messages.info(request, _("%s正在封账，完成后可以查看。") % month.label)
        return redirect("closing_list")
    return None


@require_POST
def month_close(request: PortalRequest) -> HttpResponse:
    month = _month(request, request.POST)
    if month is None:
        return redirect("closing_list")
    root = request.access.acting.unit
    try:
        if is_large(root):
            ask_closing(root=root, month=month, **_who(request))
            messages.info(request, _("单位较多，正在后台封账；全部单位存好之前，该月仍为未封账。"))
            return redirect("closing_list")
        closing = close_month(root=root, month=month, **_who(request))
    except ClosingError as refusal:
        messages.error(request, str(refusal))
        return redirect("closing_list")
    messages.success(request, _("%s已封账，此后发出和打印的该月数据不再变化。") % month.label)
    return redirect("closing_detail", pk=closing.pk)


@require_safe
def closing_detail(request: PortalRequest, pk: int) -> HttpResponse:
    closing, user = _closing(request, pk), request.access.user
    asked = "check" in request.GET
    closed = closed_month(closing, page=request.GET.get("page"), verify=asked)
    past = history(closing)
    waiting = undecided(closing, past)
    is_admin = _is_admin(request)
    decides = is_admin and closing.reopened_at is None
    context = {
        "closing": closing,
        "month": Month.parse(closing.month),
        "closed": closed,
        "history": past,
        "waiting": waiting,
        "is_mine": waiting is not None and waiting.asked_by_id == user.pk,
        "is_admin": is_admin,
        "is_alone": decides and not _others(closing, request, waiting),
        "compares": asked or closed.units <= AT_ONCE,
    }
    return render(request, "reports/closings/detail.html", context)


def _others(closing: Closing, request: PortalRequest, waiting: Reopening | None) -> int:
    """How many people could confirm what has been asked, or what the user would ask."""
    asker = waiting.asked_by if waiting else request.access.user
    return other_deciders(closing, than=asker, on=timezone.localdate())


@require_safe
def closing_changes(request: PortalRequest, pk: int) -> HttpResponse:
    """A page of its own, or the part of the closing's page that comes by itself."""
    closing, today = _closing(request, pk), timezone.localdate()
    lines = change_lines(closing, today)
    context = {
        "closing": closing,
        "month": Month.parse(closing.month),
        "page": Paginator(lines, PAGE_LENGTH).get_page(request.GET.get("page")),
        "is_part": "HX-Request" in request.headers,
    }
    template = "changes_part.html" if context["is_part"] else "changes.html"
    return render(request, f"reports/closings/{template}", context)


@require_http_methods(["GET", "HEAD", "POST"])
def reopening_ask(request: PortalRequest, pk: int) -> HttpResponse:
    closing = _closing(request, pk)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            ask_reopening(closing=closing, **form.cleaned_data, **_who(request))
            messages.success(request, _("已提出申请，请另一名宣传部管理员在本页确认。"))
            return redirect("closing_detail", pk=pk)
        except ClosingError as refusal:
            form.add_error(None, str(refusal))
    context = {
        "closing": closing,
        "month": Month.parse(closing.month),
        "form": form,
        "is_alone": not _others(closing, request, None),
    }
    return render(request, "reports/closings/reopen.html", context)


@require_POST
def reopening_confirm(request: PortalRequest, pk: int, reopening_pk: int) -> HttpResponse:
    done = _("已重新开放。更正办完后请再次封账，原封账数据仍保留。")
    return _decide(request, pk, reopening_pk, confirm_reopening, done)


@require_POST
def reopening_decline(request: PortalRequest, pk: int, reopening_pk: int) -> HttpResponse:
    return _decide(request, pk, reopening_pk, decline_reopening, _("该月仍为封账状态。"))


def _decide(
    request: PortalRequest, pk: int, reopening_pk: int, decide: Callable[..., None], done: str
) -> HttpResponse:
    closing = _closing(request, pk)
    rows = closing.reopenings.select_related("closing__root", "asked_by")
    reopening = rows.filter(pk=reopening_pk).first()
    if reopening is None:
        raise Http404
    try:
        decide(reopening=reopening, **_who(request))
    except ClosingError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("closing_detail", pk=pk)
