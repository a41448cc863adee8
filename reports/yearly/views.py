"""The figures beside a report, and the report as a Word file."""

import datetime as dt

from django.db.models import Max
from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.trail import record_for
from reports.documents.download import document_response
from reports.emails.names import names_on
from reports.yearly.gathering import UnitSpan, year_figures
from reports.yearly.page import figure_page
from reports.yearly.paper import Written, report_paper
from reports.yearly.spans import Span
from sessions.models import ReviewEvent, Status, UnitReport
from sessions.report_notices.reading import notice_for, opening_sentence
from sessions.unit_reports.duties import stated, statements
from sessions.unit_reports.sections import SECTIONS
from sessions.unit_reports.views import reports_named
from units.access.objects import find
from units.access.requests import PortalRequest
from units.models import Unit


@require_safe
def unit_report_figures(request: PortalRequest, pk: int) -> HttpResponse:
    """Every figure of the report with the rows behind it."""
    report = find(request, reports_named(), pk=pk)
    handed_in = _handed_in(report)
    found = _found(report, handed_in)
    page = figure_page(found) if found else None
    context = {"report": report, "page": page, "handed_in": handed_in}
    return render(request, "reports/yearly/figures.html", context)


@require_safe
def unit_report_document(request: PortalRequest, pk: int) -> FileResponse:
    """The report in the official layout, figures filled in."""
    report = find(request, reports_named(), pk=pk)
    handed_in = _handed_in(report)
    found = _found(report, handed_in)
    written = _written(report, handed_in)
    data = report_paper(
        found.figures if found else None, written, created=timezone.localtime(report.updated_at)
    )
    name = f"{written.unit}{report.title}"
    after = {"year": report.year, "kind": report.kind, "version": report.version}
    record_for(request, action="export.unit_report", about=report, after=after)
    return document_response(data, f"{name}.docx")


def _handed_in(report: UnitReport) -> dt.date | None:
    """The day of the last submission; None while the report is a draft or stands returned."""
    if report.status in {Status.DRAFT, Status.RETURNED}:
        return None
    steps = report.events.filter(kind=ReviewEvent.Kind.SUBMIT)
    last: dt.date | None = steps.aggregate(last=Max("on"))["last"]
    return last


def _found(report: UnitReport, handed_in: dt.date | None) -> UnitSpan | None:
    today, span = timezone.localdate(), Span(report.year, report.kind)
    on = span.as_of(handed_in or today)
    unit = Unit.objects.named(on).select_related("category").get(pk=report.unit_id)
    return year_figures(unit, span, today=today, handed_in=handed_in)


def _written(report: UnitReport, handed_in: dt.date | None) -> Written:
    """All that people said, and to whom; the date is that of the last submission."""
    on = Span(report.year, report.kind).as_of(handed_in or timezone.localdate())
    unit = report.unit
    names = names_on([key for key in (unit.pk, unit.parent_id) if key], on)
    department = names.get(unit.parent_id or 0)
    texts = report.sections
    return Written(
        unit=names[unit.pk].name,
        category=unit.category.code,
        year=report.year,
        kind=report.kind,
        addressee=department.name if department else "",
        opening=texts.get("opening") or opening_sentence(report, notice_for(report)),
        texts=texts,
        required=frozenset(
            section.key
            for section in SECTIONS
            if section.is_required(report.kind, unit.category.code)
        ),
        duties=tuple(statements(stated(report))),
        signed_on=handed_in,
    )
