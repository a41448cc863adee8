"""The year's plan, its figures for the county's leaders, and the terms behind its dates."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts.trail import record_for
from reports.models import Finding, SitIn
from reports.rulebook.choosing import refuse_foreign_units
from reports.rulebook.years import asked_year, years_offered
from reports.sitins.choosing import auditors_for
from reports.sitins.forms import PlanForm, TermsForm
from reports.sitins.plan import (
    finding_figures,
    plan_rows,
    sit_in_figures,
    units_in,
    year_plan,
)
from reports.sitins.querysets import FindingQuerySet, SitInQuerySet
from reports.sitins.services import plan_sit_ins
from reports.sitins.stale import StaleError, differing
from reports.sitins.step_page import act_of
from reports.sitins.terms import NAMES, own_terms, set_terms
from units.access.objects import find, reachable
from units.access.requests import PortalRequest
from units.access.roles import Role
from units.models import Unit
from units.querysets import UnitQuerySet

PAGE_LENGTH = 50
METHODS = ["GET", "HEAD", "POST"]
VIEWS = [
    ("", gettext_lazy("全部单位")),
    ("proposed", gettext_lazy("建议当年安排")),
    ("gap", gettext_lazy("两年内未安排")),
    ("planned", gettext_lazy("当年已安排")),
    ("overdue", gettext_lazy("逾期未反馈")),
]


class ViewForm(forms.Form):
    show = forms.ChoiceField(label=gettext_lazy("显示"), choices=VIEWS, required=False)
    category = forms.ChoiceField(label=gettext_lazy("单位类别"), required=False)

    def __init__(self, data: Any, *, categories: Mapping[str, str]) -> None:
        super().__init__(data)
        field: Any = self.fields["category"]
        field.choices = [("", _("全部")), *categories.items()]


@require_http_methods(METHODS)
def sit_in_plan(request: PortalRequest) -> HttpResponse:
    today = timezone.localdate()
    year = asked_year(request, today)
    units = units_in(_reached(request), year, today)
    if request.method != "POST":
        return _plan_page(request, year, units, None)
    refuse_foreign_units(request)
    form = _plan_form(request, year, units, request.POST)
    if not _is_open(year, today) or not form.is_valid():
        return _plan_page(request, year, units, form, status=400)
    _add(request, year, form)
    return redirect(f"{reverse('sit_in_plan')}?year={year}&show=planned")


@require_safe
def sit_in_figures_page(request: PortalRequest) -> HttpResponse:
    """Counts alone, for the county's leaders."""
    today = timezone.localdate()
    year = asked_year(request, today)
    plan = year_plan(units_in(_reached(request), year, today), year, today)
    context = {
        "year": year,
        "years": years_offered(today, ()),
        "plan": plan,
        **_figures(request, year, today),
    }
    return render(request, "reports/sitins/figures_page.html", context)


@require_http_methods(METHODS)
def sit_in_terms(request: PortalRequest) -> HttpResponse:
    unit = find(request, Unit.objects.all(), pk=request.access.acting.unit_id)
    terms = own_terms(unit)
    form = TermsForm(request.POST) if request.method == "POST" else TermsForm.showing(terms)
    context: dict[str, Any] = {"form": form, "version": terms.version}
    if request.method != "POST" or not form.is_valid():
        context["version"] = request.POST.get("version", terms.version)
        status = 400 if form.errors else 200
        return render(request, "reports/sitins/terms.html", context, status=status)
    try:
        with transaction.atomic():
            set_terms(unit=unit, version=act_of(request).version, **form.cleaned_data)
            before = {name: getattr(terms, name) for name in NAMES}
            record_for(
                request, action="sit_in.terms", about=unit, before=before, after=form.cleaned_data
            )
    except StaleError as stale:
        context["differing"] = differing(form, TermsForm.showing(stale.stored))
        context["version"] = stale.stored.version
        return render(request, "reports/sitins/terms.html", context, status=409)
    messages.success(request, _("已保存，今后登记的按新的时限计算。"))
    return redirect("sit_in_plan")


def _reached(request: PortalRequest) -> UnitQuerySet:
    return cast(UnitQuerySet, reachable(request, Unit.objects.all()))


def _is_open(year: int, today: dt.date) -> bool:
    """Whether the year's plan can still be added to, or already."""
    return today.year <= year <= today.year + 1


def _plan_form(
    request: PortalRequest, year: int, units: UnitQuerySet, data: Any = None
) -> PlanForm:
    today = timezone.localdate()
    return PlanForm(
        data,
        units=units,
        first=today.month if year == today.year else 1,
        auditors=auditors_for(request.access.acting, today),
    )


def _plan_page(
    request: PortalRequest,
    year: int,
    units: UnitQuerySet,
    form: PlanForm | None,
    status: int = 200,
) -> HttpResponse:
    today = timezone.localdate()
    plan = year_plan(units, year, today)
    view = ViewForm(request.GET.dict(), categories=plan.categories)
    asked = view.cleaned_data if view.is_valid() else {}
    show = asked.get("show", "")
    late = _overdue(request, year, today) if show == "overdue" else []
    pks = plan.chosen(show, asked.get("category", ""), late)
    page = Paginator(pks, PAGE_LENGTH).get_page(request.GET.get("page"))
    context = {
        "year": year,
        "years": years_offered(today, ()),
        "view": view,
        "plan": plan,
        "page": page,
        "rows": plan_rows(list(page), plan, today),
        "form": form or (_plan_form(request, year, units) if _is_open(year, today) else None),
        "ticked": set(request.POST.getlist("units")),
        "may_set_terms": request.access.acting.role == Role.DEPARTMENT_ADMIN,
        **_figures(request, year, today),
    }
    return render(request, "reports/sitins/plan.html", context, status=status)


def _overdue(request: PortalRequest, year: int, today: dt.date) -> list[int]:
    late = SitIn.objects.visible_to(request.access.acting).feedback_overdue(today)
    return list(late.filter(year=year).values_list("unit", flat=True))


def _figures(request: PortalRequest, year: int, today: dt.date) -> dict[str, Any]:
    sit_ins = cast(SitInQuerySet, reachable(request, SitIn.objects.all()))
    findings = cast(FindingQuerySet, reachable(request, Finding.objects.all()))
    return {
        "sit_in_figures": sit_in_figures(sit_ins.filter(year=year), today),
        "finding_figures": finding_figures(findings.filter(found_on__year=year), today),
    }


def _add(request: PortalRequest, year: int, form: PlanForm) -> None:
    units = list(form.cleaned_data["units"])
    month = form.cleaned_data["month"]
    with transaction.atomic():
        made = plan_sit_ins(
            units=units, year=year, month=month, listeners=form.chosen, act=act_of(request)
        )
        if made:
            codes = [one.unit.code for one in made]
            after = {"year": year, "month": month, "units": codes}
            about = made[0] if len(made) == 1 else None
            record_for(request, action="sit_in.plan", about=about, after=after)
    if made:
        messages.success(request, _("已列入 %d 个单位。") % len(made))
    if len(made) < len(units):
        messages.info(request, _("其余单位当年已有安排，没有重复列入。"))
