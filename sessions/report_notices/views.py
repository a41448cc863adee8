"""Pages of notices: the department's list, one to send, change or take back, and who answered."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.trail import record_for
from sessions.history import StaleVersionError
from sessions.models import ReportNotice
from sessions.report_notices import services
from sessions.report_notices.forms import NoticeForm
from sessions.report_notices.reading import answers_to
from units.access.objects import find, reachable
from units.access.requests import PortalRequest
from units.access.roles import Role

PAGE_LENGTH = 50


@require_safe
def report_notice_list(request: PortalRequest) -> HttpResponse:
    rows = reachable(request, _notices())
    context = {
        "page": Paginator(rows.order_by("-year", "kind", "-pk"), PAGE_LENGTH).get_page(
            request.GET.get("page")
        ),
        "may_write": _is_admin(request),
    }
    return render(request, "sessions/report_notices/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def report_notice_new(request: PortalRequest) -> HttpResponse:
    sent = request.POST if request.method == "POST" else None
    form = NoticeForm(sent, today=timezone.localdate())
    if not form.is_valid():
        return _form_page(request, form)
    with transaction.atomic():
        notice, is_new = services.issue_notice(
            root=request.access.acting.unit,
            content=form.content(),
            categories=form.cleaned_data["categories"],
            at=timezone.now(),
            by=request.access.user,
        )
        if is_new:
            after = services.facts(notice)
            record_for(request, action="report_notice.issue", about=notice, after=after)
    if is_new:
        messages.success(request, _("通知已发出，各单位在首页待办中看得到。"))
    else:
        messages.info(request, _("这一年度的同类通知已经发过，就是下面这一份，可以修改。"))
    return redirect("report_notice_detail", notice.pk)


@require_safe
def report_notice_detail(request: PortalRequest, pk: int) -> HttpResponse:
    notice = find(request, _notices(), pk=pk)
    sees_units = request.access.acting.covers_subtree
    answers = answers_to(notice, timezone.localdate()) if sees_units else None
    page = Paginator(answers.missing, PAGE_LENGTH) if answers else None
    context = {
        "notice": notice,
        "answers": answers,
        "page": page.get_page(request.GET.get("page")) if page else None,
        "may_write": _is_admin(request) and notice.withdrawn_at is None,
    }
    return render(request, "sessions/report_notices/detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def report_notice_edit(request: PortalRequest, pk: int) -> HttpResponse:
    notice = find(request, _notices(), pk=pk)
    if notice.withdrawn_at is not None:
        messages.info(request, _("通知已经撤回，不能再改；需要的请重新发一份。"))
        return redirect("report_notice_detail", pk)
    sent = request.POST if request.method == "POST" else None
    form = NoticeForm(sent, today=timezone.localdate(), notice=notice)
    if not form.is_valid():
        return _form_page(request, form)
    before = services.facts(notice)
    try:
        with transaction.atomic():
            services.change_notice(
                notice=notice,
                version=form.cleaned_data["version"] or 0,
                content=form.content(),
                categories=form.cleaned_data["categories"],
            )
            after = services.facts(notice)
            record_for(
                request, action="report_notice.edit", about=notice, before=before, after=after
            )
    except StaleVersionError:
        return _conflict(request, pk)
    messages.success(request, _("通知已修改。"))
    return redirect("report_notice_detail", pk)


@require_POST
def report_notice_withdraw(request: PortalRequest, pk: int) -> HttpResponse:
    notice = find(request, _notices(), pk=pk)
    with transaction.atomic():
        if services.withdraw_notice(notice=notice, at=timezone.now()):
            before = services.facts(notice)
            record_for(request, action="report_notice.withdraw", about=notice, before=before)
    messages.success(request, _("通知已撤回，不再出现在各单位的待办中。"))
    return redirect("report_notice_list")


def _notices() -> Any:
    return ReportNotice.objects.select_related("root", "issued_by").prefetch_related("categories")


def _is_admin(request: PortalRequest) -> bool:
    return request.access.acting.role == Role.DEPARTMENT_ADMIN


def _conflict(request: PortalRequest, pk: int) -> HttpResponse:
    """What was typed stays in the form; beside it what somebody else has saved meanwhile."""
    stored = find(request, _notices(), pk=pk)
    form = NoticeForm(
        request.POST.dict()
        | {"categories": request.POST.getlist("categories"), "version": str(stored.version)},
        today=timezone.localdate(),
        notice=stored,
    )
    form.is_valid()
    return _form_page(request, form, status=409, stored=stored)


def _form_page(request: PortalRequest, form: NoticeForm, **context: Any) -> HttpResponse:
    status = context.pop("status", 400 if form.errors else 200)
    context |= {"form": form, "notice": form.notice}
    return render(request, "sessions/report_notices/form.html", context, status=status)
