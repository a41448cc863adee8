"""Looking at half-year and annual reports: by year, and one as it reads."""

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from sessions.declaration import DeclarationForm
from sessions.history import EDITABLE_REPORT, TONES, history_of, return_to_mend
from sessions.models import ReportNotice, Status, UnitReport
from sessions.querysets import UnitReportQuerySet
from sessions.report_notices.reading import notice_for, notices_for, opening_sentence
from sessions.reviews.papers import review_address
from sessions.reviews.thread import thread_of
from sessions.unit_reports.duties import stated, statements, unstated
from sessions.unit_reports.forms import NewReportForm
from sessions.unit_reports.next_steps import proposes
from sessions.unit_reports.sections import SECTIONS, missing_sections
from units.access.numbers import sent_number
from units.access.objects import find, reachable
from units.access.requests import PortalRequest
from units.access.roles import Role
from units.models import Unit

PAGE_LENGTH = 50
LAST_YEARS_MONTHS = 3


@require_safe
def unit_report_list(request: PortalRequest) -> HttpResponse:
    context = list_context(request, reachable(request, reports_named()))
    return render(request, "sessions/unit_reports/list.html", context)


def list_context(
    request: PortalRequest, rows: QuerySet[UnitReport], form: NewReportForm | None = None
) -> dict[str, Any]:
    """The reports, `rows`, of the acting role's scope; for the department, one year's only."""
    today = timezone.localdate()
    acting = request.access.acting
    years = sorted(set(rows.values_list("year", flat=True)) | {today.year}, reverse=True)
    asked = sent_number(request.GET.get("year", ""))
    year = asked if asked in years else today.year
    if acting.covers_subtree:
        rows = rows.filter(year=year)
    order = ("unit__rank_order", "unit__code", "-kind")
    ordered = rows.order_by(*(order if acting.covers_subtree else ("-year", "kind")))
    page = Paginator(ordered, PAGE_LENGTH).get_page(request.GET.get("page"))
    may_write = acting.role == Role.CLERK
    return {
        "page": page,
        "rows": [(report, TONES[Status(report.status)], _lacking(report)) for report in page],
        "notices": [] if acting.covers_subtree else _notices(acting.unit, today),
        "years": years,
        "year": year,
        "form": form or (NewReportForm(today=today) if may_write else None),
    }


def _lacking(report: UnitReport) -> str:
    """What a report that is still being written lacks, in words."""
    if report.status not in EDITABLE_REPORT:
        return ""
    missing = missing_sections(report.kind, report.unit.category.code, report.sections)
    return "、".join(str(section.heading) for section in missing)


def _notices(unit: Unit, today: date) -> list[ReportNotice]:
    """What the unit is asked for this year, and in its first months still of last year."""
    years = [today.year, today.year - 1] if today.month <= LAST_YEARS_MONTHS else [today.year]
    return [notice for year in years for notice in notices_for(unit, year).values()]


def reports_named() -> UnitReportQuerySet:
    """Reports with all that their pages say of the unit."""
    named = UnitReport.objects.with_unit_name(timezone.localdate())
    return named.select_related("unit__category")


@require_safe
def unit_report_detail(request: PortalRequest, pk: int) -> HttpResponse:
    report = find(request, reports_named(), pk=pk)
    context = detail_context(request, report)
    return render(request, "sessions/unit_reports/detail.html", context)


def detail_context(
    request: PortalRequest, report: UnitReport, form: DeclarationForm | None = None
) -> dict[str, Any]:
    """The report as it reads, its way; for the clerk also what may be done now."""
    history = history_of(report)
    may_write = request.access.acting.role == Role.CLERK
    missing = missing_sections(report.kind, report.unit.category.code, report.sections)
    texts, notice = report.sections, notice_for(report)
    is_open = may_write and report.status in EDITABLE_REPORT
    return {
        "report": report,
        "tone": TONES[Status(report.status)],
        "sections": [
            (section.heading, texts.get(section.key, ""), section in missing)
            for section in SECTIONS
            if texts.get(section.key) or section in missing
        ],
        "missing": missing,
        "statements": list(statements(stated(report))),
        "unstated": unstated(stated(report)),
        "notice": notice,
        "opening": "" if texts.get("opening") else opening_sentence(report, notice),
        "may_propose": may_write and proposes(report, timezone.localdate()),
        "history": history,
        "thread": thread_of(report, request.access, back=request.path),
        "review": review_address(report, request.access),
        "returned": return_to_mend(report, history),
        "may_edit": is_open,
        "may_withdraw": may_write and report.status == Status.SUBMITTED,
        "form": form or DeclarationForm(),
    }
