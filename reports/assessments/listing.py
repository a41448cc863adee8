"""The assessments of a year, the units of one, and whether places are shown."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, NamedTuple

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.trail import record_for
from reports.assessments import printed
from reports.assessments.audience import audience
from reports.assessments.measuring import basis_of, measure
from reports.assessments.ranking import set_ranking, settings_of
from reports.assessments.results import standing, views
from reports.assessments.schemes import add_sheets
from reports.assessments.sheet_forms import SettingsForm
from reports.models import AssessmentScheme, AssessmentSettings, AssessmentSheet
from reports.rulebook.rule_sets.reading import categories_words
from reports.rulebook.years import asked_year, years_offered
from reports.sitins.stale import StaleError, differing
from reports.sitins.step_page import act_of
from units.access.objects import find, reachable
from units.access.requests import PortalRequest
from units.access.roles import DEPARTMENT_ROLES, UNIT_ROLES, Role
from units.models import Unit

PAGE_LENGTH = 50
Status = AssessmentSheet.Status


class ListedScheme(NamedTuple):
    """A scheme in the list: whom it is for, its state, how far its units are."""

    scheme: AssessmentScheme
    audience: str
    state: str
    tone: str
    units: int
    handed_in: int
    checked: int
    awaiting: int


class FilterForm(forms.Form):
    """Which units of a scheme are listed."""

    status = forms.ChoiceField(
        label=gettext_lazy("状态"),
        required=False,
        choices=[("", gettext_lazy("全部")), *Status.choices,
                 ("awaiting", gettext_lazy("有说明待答复"))],
    )  # fmt: skip


@require_safe
def assessment_list(request: PortalRequest) -> HttpResponse:
    acting, today = request.access.acting, timezone.localdate()
    if acting.role in UNIT_ROLES:
        return _own_list(request)
    year = asked_year(request, today)
    years = AssessmentScheme.objects.visible_to(acting).values_list("year", flat=True).distinct()
    context = {
        "year": year,
        "years": years_offered(today, years),
        "rows": _listed(request, year),
        "is_department": acting.role in DEPARTMENT_ROLES,
        "may_write": acting.role == Role.DEPARTMENT_ADMIN,
        "settings": settings_of(acting.unit),
    }
    return render(request, "reports/assessments/list.html", context)


def _own_list(request: PortalRequest) -> HttpResponse:
    """The unit's own sheets, the latest year first."""
    rows = reachable(request, AssessmentSheet.objects.select_related("scheme"))
    rows = rows.annotate(
        published=Count("results", filter=Q(results__publication__withdrawn_at=None))
    )
    context = {"sheets": list(rows.order_by("-year")), "today": timezone.localdate()}
    return render(request, "reports/assessments/own_list.html", context)


def _listed(request: PortalRequest, year: int) -> list[ListedScheme]:
    rows = reachable(request, AssessmentScheme.objects.filter(year=year)).annotate(
        units=Count("sheets", distinct=True),
        handed_in=Count("sheets", filter=Q(sheets__status=Status.HANDED_IN), distinct=True),
        checked=Count("sheets", filter=Q(sheets__status=Status.CHECKED), distinct=True),
        awaiting=Count("sheets", filter=Q(sheets__awaits_reply=True), distinct=True),
        results=Count("publications", filter=Q(publications__withdrawn_at=None), distinct=True),
    )
    found = []
    for row in rows.prefetch_related("categories").order_by("title", "pk"):
        state, tone = _state(row)
        whom = categories_words(list(row.categories.all()))
        counts = (row.units, row.handed_in, row.checked, row.awaiting)
        found.append(ListedScheme(row, whom, state, tone, *counts))
    if request.access.acting.role == Role.COUNTY_LEADER:
        return [one for one in found if one.state == _("结果已公布")]
    return found


def _state(scheme: Any) -> tuple[str, str]:
    if scheme.results:
        return _("结果已公布"), "success"
    if scheme.published_at:
        return _("考评中"), "primary"
    return (_("已撤回，待修改"), "warning") if scheme.withdraw_reason else (_("草稿"), "secondary")


@require_http_methods(["GET", "HEAD", "POST"])
def assessment_settings(request: PortalRequest) -> HttpResponse:
    unit = find(request, Unit.objects.all(), pk=request.access.acting.unit_id)
    stored = settings_of(unit)

    def form_of(row: AssessmentSettings, data: Any = None) -> SettingsForm:
        return SettingsForm(data, initial={"is_ranked": row.is_ranked})

    form = form_of(stored, request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"form": form, "version": stored.version}
    if request.method != "POST" or not form.is_valid():
        return render(request, "reports/assessments/settings.html", context)
    asked = form.cleaned_data["is_ranked"]
    try:
        with transaction.atomic():
            set_ranking(root=unit, is_ranked=asked, version=act_of(request).version)
            record_for(
                request,
                action="assessment.settings",
                about=unit,
                before={"is_ranked": stored.is_ranked},
                after={"is_ranked": asked},
            )
    except StaleError as stale:
        context["differing"] = differing(form, form_of(stale.stored))
        context["version"] = stale.stored.version
        return render(request, "reports/assessments/settings.html", context, status=409)
    said = _("已打开名次显示。") if asked else _("已关闭名次显示。")
    messages.success(request, said)
    return redirect("assessment_list")


@require_safe
def assessment_sheets(request: PortalRequest, pk: int) -> HttpResponse:
    today = timezone.localdate()
    scheme = _scheme(request, pk)
    form = FilterForm(request.GET.dict())
    rows = scheme.sheets.with_unit_name(today).select_related("unit__category")
    rows = rows.in_official_order()
    asked = form.cleaned_data["status"] if form.is_valid() else ""
    if asked == "awaiting":
        rows = rows.filter(awaits_reply=True)
    elif asked:
        rows = rows.filter(status=asked)
    page = Paginator(rows, PAGE_LENGTH).get_page(request.GET.get("page"))
    shown = list(page)
    context = {
        "scheme": scheme,
        "form": form,
        "page": page,
        "rows": _rows(scheme, shown),
        "publication": standing(scheme),
        "basis": basis_of(scheme.root, scheme.year, today).words,
        "may_write": request.access.acting.role == Role.DEPARTMENT_ADMIN,
        "measured_at": shown[0].measured_at if shown else None,
    }
    return render(request, "reports/assessments/sheets.html", context)


def _rows(
    scheme: AssessmentScheme, shown: Sequence[AssessmentSheet]
) -> list[tuple[AssessmentSheet, printed.Printed]]:
    return [(view.sheet, printed.of_sheet(view)) for view in views(scheme, shown)]


@require_POST
def assessment_measure(request: PortalRequest, pk: int) -> HttpResponse:
    """Takes the data of all units anew; units that came to the county since get their sheet."""
    scheme = _scheme(request, pk)
    if standing(scheme) is not None or scheme.published_at is None:
        messages.error(request, _("方案没有发布或结果已经公布，不能重新核算。"))
        return redirect("assessment_sheets", pk=pk)
    number = _measure(request, scheme, timezone.localdate())
    messages.success(request, _("已重新核算 %d 个单位。") % number)
    return redirect("assessment_sheets", pk=pk)


@transaction.atomic
def _measure(request: PortalRequest, scheme: AssessmentScheme, today: dt.date) -> int:
    add_sheets(scheme=scheme, units=audience(scheme).own)
    number = measure(
        sheets=AssessmentSheet.objects.filter(scheme=scheme),
        root=scheme.root,
        year=scheme.year,
        today=today,
        at=timezone.now(),
    )
    record_for(request, action="assessment.measure", about=scheme, after={"units": number})
    return number


def _scheme(request: PortalRequest, pk: int) -> AssessmentScheme:
    return find(request, AssessmentScheme.objects.select_related("root"), pk=pk)
