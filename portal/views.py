"""Home, help and the feedback box."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.passwords import days_left
from accounts.trail import record_for
from portal.forms import AnswerForm, FeedbackForm
from portal.models import Feedback
from reports.compliance.views import unit_home
from reports.overview.views import county_home
from units.access.acting import held_by
from units.access.objects import find, reachable
from units.access.requests import PortalRequest
from units.access.roles import SUBTREE_ROLES, UNIT_ROLES, Role

PAGE_LENGTH = 50


@require_safe
def home(request: PortalRequest) -> HttpResponse:
    """Where a role starts from: its unit's year, the county's, or who one is and what to open."""
    user, role = request.access.user, request.access.acting.role
    left = days_left(user, timezone.now())
    if role in UNIT_ROLES:
        return unit_home(request, password_days_left=left)
    if role in SUBTREE_ROLES:
        return county_home(request, password_days_left=left)
    context = {"held": held_by(user, timezone.localdate()), "password_days_left": left}
    return render(request, "portal/home.html", context)


@require_safe
def help_page(request: PortalRequest) -> HttpResponse:
    return render(request, "portal/help.html")


@require_http_methods(["GET", "HEAD", "POST"])
def feedback(request: PortalRequest) -> HttpResponse:
    if request.method == "POST":
        return _write_feedback(request)
    rows = reachable(request, Feedback.objects.select_related("author"))
    page = Paginator(rows, PAGE_LENGTH).get_page(request.GET.get("page"))
    form = FeedbackForm(initial={"page": request.GET.get("from", "")[:200]})
    return render(request, "portal/feedback.html", {"form": form, "page": page})


def _write_feedback(request: PortalRequest) -> HttpResponse:
    form = FeedbackForm(request.POST)
    if not form.is_valid():
        return render(request, "portal/feedback.html", {"form": form}, status=400)
    with transaction.atomic():
        written = Feedback.objects.create(
            author=request.access.user,
            unit=request.access.acting.unit,
            text=form.cleaned_data["text"],
            page=form.cleaned_data["page"],
            written_at=timezone.now(),
        )
        record_for(request, action="feedback.write", about=written)
    messages.success(request, _("已收到，答复会显示在本页。"))
    return redirect("feedback")


@require_http_methods(["GET", "HEAD", "POST"])
def feedback_item(request: PortalRequest, pk: int) -> HttpResponse:
    rows = Feedback.objects.select_related("author", "answered_by", "unit")
    item = find(request, rows, pk=pk)
    form = AnswerForm(
        request.POST if request.method == "POST" else None, initial={"answer": item.answer}
    )
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            before = item.answer
            item.answer = form.cleaned_data["answer"]
            item.answered_by, item.answered_at = request.access.user, timezone.now()
            item.save(update_fields=["answer", "answered_by", "answered_at"])
            record_for(
                request, action="feedback.answer", about=item, before={"answered": bool(before)}
            )
        messages.success(request, _("答复已保存。"))
        return redirect("feedback")
    may_answer = request.access.acting.role == Role.DEPARTMENT_ADMIN
    context = {"item": item, "form": form if may_answer else None}
    return render(request, "portal/feedback_item.html", context)
