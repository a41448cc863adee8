"""Results: publishing, the published list, taking back, the tables as workbooks."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.trail import record_for
from reports.assessments import printed, results
from reports.assessments.measuring import basis_of
from reports.assessments.ranking import places_of, settings_of
from reports.assessments.results import ResultError, standing
from reports.assessments.scheme_views import found_scheme
from reports.assessments.schemes import StaleSchemeError
from reports.assessments.sheet_forms import ReasonForm
from reports.assessments.sheet_views import found, printed_sheet, shows_check, standing_result
from reports.assessments.workbooks import UnitTable, county_file, scope_line, unit_file
from reports.closings.reading import AT_ONCE, PAGE_LENGTH
from reports.models import AssessmentPublication, AssessmentScheme
from units.access.requests import PortalRequest
from units.access.roles import DEPARTMENT_ROLES, Role
from units.workbooks import workbook_response

METHODS = ["GET", "HEAD", "POST"]


@require_safe
def assessment_results(request: PortalRequest, pk: int) -> HttpResponse:
    """What was published, in official order; with places only where the county shows them."""
    scheme = found_scheme(request, pk)
    publication = standing(scheme)
    role = request.access.acting.role
    if publication is None and role == Role.COUNTY_LEADER:
        raise Http404
    is_department = role in DEPARTMENT_ROLES
    context = {
        "scheme": scheme,
        "publication": publication,
        "earlier": _taken_back(scheme) if is_department else [],
        "is_department": is_department,
        "may_write": role == Role.DEPARTMENT_ADMIN,
        **(_shown(request, publication) if publication else {}),
    }
    return render(request, "reports/assessments/results.html", context)


def _shown(request: PortalRequest, publication: AssessmentPublication) -> dict[str, Any]:
    """A page of the results; a large county's are verified when somebody asks."""
    page = Paginator(publication.results.all(), PAGE_LENGTH).get_page(request.GET.get("page"))
    is_ranked = settings_of(publication.scheme.root).is_ranked
    places = places_of(publication) if is_ranked else {}
    verify = "verify" in request.GET or page.paginator.count <= AT_ONCE
    return {
        "page": page,
        "is_intact": results.intact(publication) if verify else None,
        "rows": [(row, printed.of_result(row), places.get(row.pk)) for row in page],
        "is_ranked": is_ranked,
    }


def _taken_back(scheme: AssessmentScheme) -> list[AssessmentPublication]:
    rows = scheme.publications.exclude(withdrawn_at=None)
    return list(rows.select_related("withdrawn_by"))


@require_http_methods(METHODS)
def assessment_announce(request: PortalRequest, pk: int) -> HttpResponse:
    scheme, today = found_scheme(request, pk), timezone.localdate()
    if standing(scheme) is not None:
        messages.info(request, _("考评结果已经公布。"))
        return redirect("assessment_results", pk=pk)
    if request.method == "POST":
        return _announce(request, scheme)
    context = {
        "scheme": scheme,
        "ready": results.ready(scheme, today),
        "opened": results.seen(scheme),
        "is_ranked": settings_of(scheme.root).is_ranked,
    }
    return render(request, "reports/assessments/announce.html", context)


def _announce(request: PortalRequest, scheme: AssessmentScheme) -> HttpResponse:
    try:
        with transaction.atomic():
            publication = results.publish(
                scheme=scheme,
                at=timezone.now(),
                today=timezone.localdate(),
                by=request.access.user,
                opened=request.POST.get("opened", ""),
            )
            after = {"checksum": publication.checksum, "basis": publication.basis}
            record_for(request, action="assessment.announce", about=scheme, after=after)
    except StaleSchemeError:
        messages.error(request, _("考评表刚刚有变动，没有公布。请再看一遍后公布。"))
        return redirect("assessment_announce", pk=scheme.pk)
    except ResultError as error:
        for fault in error.faults:
            messages.error(request, fault)
        return redirect("assessment_announce", pk=scheme.pk)
    messages.success(request, _("考评结果已公布，各单位只能看到自己的结果。"))
    return redirect("assessment_results", pk=scheme.pk)


@require_http_methods(METHODS)
def assessment_take_back(request: PortalRequest, pk: int) -> HttpResponse:
    scheme = found_scheme(request, pk)
    publication = standing(scheme)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if publication is None:
        messages.info(request, _("结果没有公布，或者此前已经撤回。"))
        return redirect("assessment_results", pk=pk)
    if request.method == "POST" and form.is_valid():
        return _take_back(request, publication, form.cleaned_data["reason"])
    note = _("撤回后各单位看不到结果，可以更正评分后重新公布；公布过的内容和撤回理由留存备查。")
    context = {"scheme": scheme, "form": form, "note": note, "title": _("撤回考评结果")}
    status = 400 if form.errors else 200
    return render(request, "reports/assessments/reason.html", context, status=status)


def _take_back(
    request: PortalRequest, publication: AssessmentPublication, reason: str
) -> HttpResponse:
    scheme = publication.scheme
    try:
        with transaction.atomic():
            results.withdraw(
                publication=publication,
                reason=reason,
                at=timezone.now(),
                by=request.access.user,
            )
            after = {"reason": reason, "checksum": publication.checksum}
            record_for(request, action="assessment.take_back", about=scheme, after=after)
    except ResultError as error:
        messages.info(request, str(error))
        return redirect("assessment_results", pk=scheme.pk)
    messages.success(request, _("考评结果已撤回。"))
    return redirect("assessment_sheets", pk=scheme.pk)


@require_safe
def assessment_workbook(request: PortalRequest, pk: int) -> HttpResponseBase:
    """All units of a scheme: as published, else as far as they are."""
    scheme = found_scheme(request, pk)
    publication = standing(scheme)
    if publication is not None:
        basis, state = publication.basis, _("已公布")
        is_ranked = settings_of(scheme.root).is_ranked
        tables = _published(publication, is_ranked=is_ranked)
    else:
        basis = basis_of(scheme.root, scheme.year, timezone.localdate()).words
        state, is_ranked, tables = _("未公布"), False, _so_far(scheme)
    title = f"{scheme}（{state}）"
    at = timezone.localtime()
    data = county_file(tables, title=title, scope=scope_line(basis, at), with_places=is_ranked)
    record_for(request, action="export.assessment", about=scheme, after={"units": len(tables)})
    return workbook_response(data, f"{title}.xlsx")


def _published(publication: AssessmentPublication, *, is_ranked: bool) -> list[UnitTable]:
    places = places_of(publication) if is_ranked else {}
    return [
        UnitTable(row.unit_name, row.category, printed.of_result(row), places.get(row.pk))
        for row in publication.results.all()
    ]


def _so_far(scheme: AssessmentScheme) -> list[UnitTable]:
    rows = scheme.sheets.with_unit_name(timezone.localdate()).select_related("unit__category")
    return [
        UnitTable(_name(view.sheet), view.sheet.unit.category.name, printed.of_sheet(view))
        for view in results.views(scheme, list(rows.in_official_order()))
    ]


@require_safe
def assessment_sheet_file(request: PortalRequest, pk: int) -> HttpResponseBase:
    sheet = found(request, pk)
    result = standing_result(sheet)
    said = printed_sheet(sheet, result, with_check=shows_check(request, sheet))
    basis = result.publication.basis if result else _("结果未公布，分数可能变化")
    title = f"{_name(sheet)}{sheet.scheme}"
    table = UnitTable(_name(sheet), "", said)
    data = unit_file(table, title=title, scope=scope_line(basis, timezone.localtime()))
    record_for(request, action="export.assessment", about=sheet, after={"units": 1})
    return workbook_response(data, f"{title}.xlsx")


def _name(sheet: Any) -> str:
    return getattr(sheet, "unit_name", None) or str(sheet.unit.code)
