"""Asking for workbooks, watching them grow, taking them away."""

from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.trail import origin_of, record_for
from reports import jobs
from reports.archives.handing import ZIP
from reports.centre.forms import AskForm
from reports.centre.lines import JobLine, lines_of
from reports.centre.services import ask
from reports.exports.cleaning import has_room
from reports.models import Job
from units.access.objects import find, reachable
from units.access.requests import PortalRequest
from units.models import Unit
from units.workbooks import XLSX

PAGE_LENGTH = 20


def _lines(request: PortalRequest, rows: Sequence[Job]) -> list[JobLine]:
    waiting = list(Job.objects.unfinished().order_by("pk").values_list("pk", flat=True))
    return lines_of(rows, user=request.access.user, now=timezone.now(), waiting=waiting)


def _page(request: PortalRequest, form: AskForm, seen: QuerySet[Job]) -> HttpResponse:
    rows = seen.select_related("asked_by").order_by("-pk")
    page = Paginator(rows.exclude(state__in=Job.UNFINISHED), PAGE_LENGTH).get_page(
        request.GET.get("page")
    )
    context = {
        "form": form,
        "page": page,
        "running": _lines(request, list(rows.filter(state__in=Job.UNFINISHED)[:PAGE_LENGTH])),
        "done": _lines(request, list(page)),
        "keep_days": settings.EXPORT_KEEP_DAYS,
    }
    return render(request, "reports/centre/export_list.html", context)


@require_safe
def export_list(request: PortalRequest) -> HttpResponse:
    acting = request.access.acting
    form = AskForm(acting=acting, units=Unit.objects.visible_to(acting), today=timezone.localdate())
    return _page(request, form, reachable(request, Job.objects.visible_to(acting)))


@require_POST
def export_ask(request: PortalRequest) -> HttpResponse:
    """Takes the wish down and goes back to the list; no worker or broker is waited for."""
    acting, user = request.access.acting, request.access.user
    units = Unit.objects.filter(pk__in=reachable(request, Unit.objects.all()).order_by())
    form = AskForm(request.POST, acting=acting, units=units, today=timezone.localdate())
    if form.is_valid() and not has_room():
        form.add_error(
            None,
            _("服务器磁盘剩余空间不足，暂不能生成报表；请联系系统管理员清理后再试。"),
        )
    if not form.is_valid():
        return _page(request, form, Job.objects.visible_to(acting).owned_by(user))
    kind, chosen = Job.Kind(form.cleaned_data["kind"]), form.chosen()
    with transaction.atomic():
        job, is_new = ask(kind=kind, chosen=chosen, asked_by=user, at=timezone.now())
        record_for(
            request,
            action="export.ask",
            about=job,
            after={"kind": kind, "root": chosen.root.code, **job.parameters, "is_new": is_new},
        )
    if is_new:
        messages.success(request, _("已开始生成，完成后可在本页下载。"))
    else:
        messages.warning(
            request,
            _("您已有一份“%s”正在生成，没有重复申请；完成或取消后可再申请。") % kind.label,
        )
    return redirect("export_list")


@require_safe
def export_progress(request: PortalRequest, pk: int) -> HttpResponse:
    """How far one job is; asked for every two seconds by the page that shows it."""
    job = find(request, Job.objects.select_related("asked_by"), pk=pk)
    _refuse_hidden(request, job)
    [line] = _lines(request, [job])
    if "HX-Request" in request.headers:
        return render(request, "reports/centre/job.html", {"line": line})
    return render(request, "reports/centre/export_progress.html", {"line": line})


@require_POST
def export_cancel(request: PortalRequest, pk: int) -> HttpResponse:
    job = find(request, Job.objects.all(), pk=pk)
    _refuse_hidden(request, job)
    origin = {"unit_code": request.access.acting.unit.code, **origin_of(request)}
    if jobs.cancel(job, by=request.access.user, at=timezone.now(), origin=origin):
        messages.success(request, _("已取消。"))
    else:
        messages.info(request, _("这份报表的状态是“%s”，不用取消。") % job.get_state_display())
    return redirect("export_list")


@require_safe
def export_file(request: PortalRequest, pk: int) -> HttpResponseBase:
    """The finished workbook or archive, whole as it was written, under its Chinese name."""
    job = find(request, Job.objects.all(), pk=pk)
    _refuse_hidden(request, job)
    path = Path(settings.EXPORTS_DIR) / job.file
    if job.state != Job.State.DONE or job.cleaned_at or not path.is_file():
        is_over = job.state == Job.State.DONE
        messages.error(
            request,
            _("文件已过期清理，请重新申请。") if is_over else _("这份报表没有可下载的文件。"),
        )
        return redirect("export_list")
    record_for(
        request,
        action="export.download",
        about=job,
        after={"file": job.file, "size": job.size, "sha256": job.sha256},
    )
    kind = ZIP if path.suffix == ".zip" else XLSX
    return FileResponse(path.open("rb"), as_attachment=True, filename=job.file, content_type=kind)


def _refuse_hidden(request: PortalRequest, job: Job) -> None:
    """One's own job is out of reach again when the role it was asked in is."""
    if not Job.objects.visible_to(request.access.acting).filter(pk=job.pk).exists():
        raise Http404
