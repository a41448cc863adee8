"""Writing a report: begin, edit with a version against lost work; saves itself while typing."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.trail import record_for
from sessions.history import (
    EDITABLE_REPORT,
    StaleVersionError,
    history_of,
    last_writer,
    return_to_mend,
)
from sessions.models import UnitReport
from sessions.report_notices.reading import notice_for
from sessions.unit_reports.duties import stated, statements, unstated
from sessions.unit_reports.forms import NewReportForm, ReportForm
from sessions.unit_reports.sections import SECTIONS, missing_sections
from sessions.unit_reports.services import create_report, save_report
from sessions.unit_reports.views import list_context, reports_named
from units.access.objects import find
from units.access.requests import PortalRequest


@require_POST
def unit_report_create(request: PortalRequest) -> HttpResponse:
    form = NewReportForm(request.POST, today=timezone.localdate())
    if not form.is_valid():
        rows = reports_named().visible_to(request.access.acting)
        context = list_context(request, rows, form)
        return render(request, "sessions/unit_reports/list.html", context, status=400)
    unit = request.access.acting.unit
    year, kind = form.cleaned_data["year"], form.cleaned_data["kind"]
    with transaction.atomic():
        report, is_new = create_report(unit=unit, year=year, kind=kind)
        if is_new:
            after = {"year": year, "kind": kind}
            record_for(request, action="unit_report.create", about=report, after=after)
    if not is_new:
        messages.info(request, _("这份报告已经有了，就是下面这一份。"))
        return redirect("unit_report_detail", report.pk)
    return redirect("unit_report_edit", report.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def unit_report_edit(request: PortalRequest, pk: int) -> HttpResponse:
    report = find(request, reports_named(), pk=pk)
    sent = request.POST if request.method == "POST" else None
    form = ReportForm(sent, report=report, category=report.unit.category.code)
    if sent is None:
        return _page(request, report, form)
    if not form.is_valid():
        if _saves_itself(request):
            return _saved(request, report, _("没有自动保存：有内容需要改正，请点“保存”查看。"))
        return _page(request, report, form, status=400)
    return _save(request, report, form)


def _saves_itself(request: PortalRequest) -> bool:
    return "HX-Request" in request.headers


def _save(request: PortalRequest, report: UnitReport, form: ReportForm) -> HttpResponse:
    texts, said = form.texts(), form.stated()
    old = {**dict.fromkeys(texts, ""), **report.sections, **stated(report)}
    new = texts | said
    changed = [key for key, value in new.items() if old[key] != value]
    stale = False
    try:
        with transaction.atomic():
            save_report(
                report=report,
                version=form.cleaned_data["version"],
                texts=texts,
                stated=said,
                at=timezone.now(),
            )
            record_for(
                request,
                action="unit_report.save",
                about=report,
                before={key: old[key] for key in changed},
                after={key: new[key] for key in changed},
            )
    except StaleVersionError:
        stale = bool(changed)
    if _saves_itself(request):
        return _saved(
            request, report, _("没有自动保存：别人已改过，点“保存”可看到两份。") if stale else ""
        )
    if stale:
        return _conflict(request, report.pk)
    messages.success(request, _("已保存。"))
    return redirect("unit_report_detail", report.pk)


def _saved(request: PortalRequest, report: UnitReport, fault: str) -> HttpResponse:
    """The line under the form: when it was saved and on which version, or why it was not."""
    context = {
        "version": request.POST.get("version", "") if fault else report.version,
        "fault": fault,
        "saved_at": timezone.now(),
    }
    return render(request, "sessions/unit_reports/saved.html", context)


def _conflict(request: PortalRequest, pk: int) -> HttpResponse:
    """Both versions on one page: the own one in the form, ready to be saved over the other."""
    current = find(request, reports_named(), pk=pk)
    data = request.POST.copy()
    data["version"] = str(current.version)
    form = ReportForm(data, report=current, category=current.unit.category.code)
    mine = form.texts() if form.is_valid() else {}
    stored = [
        (section.heading, text)
        for section in SECTIONS
        if (text := current.sections.get(section.key, "")) != mine.get(section.key, "")
    ]
    if form.is_valid() and form.stated() != stated(current):
        said = "\n".join(statements(stated(current)))
        stored.append((_("责任制落实"), said))
    return _page(request, current, form, status=409, stored=stored, writer=last_writer(current))


def _page(
    request: PortalRequest, report: UnitReport, form: ReportForm, status: int = 200, **more: object
) -> HttpResponse:
    returned = return_to_mend(report, history_of(report))
    context = {
        "report": report,
        "form": form,
        "returned": returned,
        "section_fields": list(form.section_fields(returned.fields if returned else [])),
        "duty_fields": form.duty_fields(),
        "is_editable": report.status in EDITABLE_REPORT,
        "notice": notice_for(report),
        "missing": missing_sections(report.kind, report.unit.category.code, report.sections),
        "unstated": unstated(stated(report)),
    }
    return render(request, "sessions/unit_reports/edit.html", context | more, status=status)
