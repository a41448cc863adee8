"""Reading the audit trail, taking it away, checking that nobody touched it."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.audit import follow_chain
from accounts.heads import missing_heads, verdict
from accounts.models import AuditEvent
from accounts.trail import record_for
from portal.trail.exporting import MOST_IN_WORKBOOK, csv_rows, workbook
from portal.trail.forms import TrailForm
from portal.trail.lines import lines_of
from portal.trail.paging import Place, page_before
from units.access.objects import reachable
from units.access.requests import PortalRequest
from units.access.roles import Role
from units.administration.supervision import TrailQuerySet, trail
from units.workbooks import XLSX


def _asked(form: TrailForm) -> dict[str, Any]:
    return {name: str(value) for name, value in form.asked().items()}


def _rows(request: PortalRequest, form: TrailForm) -> TrailQuerySet:
    rows = reachable(request, trail())
    assert isinstance(rows, TrailQuerySet)  # noqa: S101  narrowed, never another kind
    return form.narrow(rows)


@require_safe
def trail_page(request: PortalRequest) -> HttpResponse:
    form = TrailForm(request.GET)
    place = Place.read(request.GET.get("before", ""))
    lines, older = [], None
    if form.is_valid():
        page = page_before(_rows(request, form), place)
        lines, older = list(lines_of(page.events)), page.older
        record_for(request, action="trail.read", after={"filter": _asked(form)})
    asked = request.GET.copy()
    asked.pop("before", None)
    context = {
        "form": form,
        "lines": lines,
        "older": older,
        "is_first": place is None,
        "asked": asked.urlencode(),
        "about": form.about(),
        "of_auditors": request.access.acting.role == Role.SECURITY_ADMIN,
    }
    return render(request, "portal/trail/trail.html", context)


@require_safe
def trail_export(request: PortalRequest) -> HttpResponseBase:
    """The lines asked for, as they stood when asked."""
    form = TrailForm(request.GET)
    if not form.is_valid():
        return redirect("trail")
    last = AuditEvent.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    rows = _rows(request, form).filter(pk__lte=last)
    count, is_workbook = rows.count(), request.GET.get("format") == "xlsx"
    if is_workbook and count > MOST_IN_WORKBOOK:
        words = _("共 %(count)s 条，工作簿最多 %(most)s 条。请缩小范围，或下载 CSV。")
        messages.error(request, words % {"count": count, "most": MOST_IN_WORKBOOK})
        return redirect(reverse("trail") + f"?{request.GET.urlencode()}")
    kind = "xlsx" if is_workbook else "csv"
    after = {"rows": count, "format": kind, "filter": _asked(form)}
    record_for(request, action="trail.export", after=after)
    return _file(rows, kind, "，".join(_asked(form).values()) or _("全部"))


def _file(rows: TrailQuerySet, kind: str, scope: str) -> HttpResponseBase:
    now = timezone.localtime()
    name = f"审计日志-{now:%Y%m%d-%H%M}.{kind}"
    if kind == "xlsx":
        file = workbook(rows, scope, now)
        return FileResponse(file, as_attachment=True, filename=name, content_type=XLSX)
    return StreamingHttpResponse(
        csv_rows(rows),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": content_disposition_header(True, name) or ""},
    )


@require_POST
def trail_verify(request: PortalRequest) -> HttpResponse:
    """Follows the chain of the whole trail and says where it breaks, if it does."""
    chain, missing = follow_chain(), missing_heads()
    is_whole = chain.broken_at is None and not missing
    record_for(
        request,
        action="trail.verify",
        result=AuditEvent.Result.DONE if is_whole else AuditEvent.Result.FAILED,
        after={
            "lines": chain.lines,
            "head": chain.head,
            "broken_at": chain.broken_at,
            "missing_heads": missing,
        },
    )
    say = messages.success if is_whole else messages.error
    for sentence in verdict(chain, missing):
        say(request, sentence)
    return redirect("trail")
