"""A unit's own part of the yearly turn."""

import datetime as dt

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.trail import record_for
from reports.closing import closing_at
from reports.models import ArchiveSeal
from reports.turn.makeups import open_makeups
from reports.turn.state import default_year
from sessions.models import AnnualPlan, UnitReport
from sessions.plans.services import create_plan, usual_title
from sessions.unit_reports.next_steps import proposes
from units.access.objects import reachable
from units.access.requests import PortalRequest
from units.access.roles import Role
from units.models import RosterEntry


@require_safe
def own_turn(request: PortalRequest) -> HttpResponse:
    today = timezone.localdate()
    year, unit = default_year(today), request.access.acting.unit
    last = dt.date(year, 12, 31)
    terms = RosterEntry.objects.of_unit(unit).select_related("person")
    plans = {plan.year: plan for plan in AnnualPlan.objects.filter(unit=unit, year__gte=year)}
    report = UnitReport.objects.filter(unit=unit, year=year, kind="annual").first()
    context = {
        "year": year,
        "next_year": year + 1,
        "closing": closing_at(unit, last),
        "seal": ArchiveSeal.objects.standing().filter(unit=unit, year=year).first(),
        "ended": terms.filter(end_date__in=(last, last + dt.timedelta(days=1))),
        "makeups": open_makeups(unit, year, today).get(unit.pk),
        "plan": plans.get(year),
        "next_plan": plans.get(year + 1),
        "report": report,
        "proposes": report is not None and proposes(report, today),
        "may_write": request.access.acting.role == Role.CLERK,
    }
    return render(request, "reports/turn/own.html", context)


@require_POST
def own_turn_plan(request: PortalRequest) -> HttpResponse:
    """Begins the next year's plan as a draft of this year's, empty where there is none."""
    acting, year = request.access.acting, default_year(timezone.localdate())
    earlier = reachable(request, AnnualPlan.objects.filter(year=year)).first()
    title = usual_title(acting.unit, getattr(acting, "unit_short_name", "") or "", year + 1)
    with transaction.atomic():
        plan, is_new = create_plan(
            unit=acting.unit, year=year + 1, title=title, by=request.access.user, copy=earlier
        )
        if is_new:
            after = {"year": year + 1, "copied_from": earlier.pk if earlier else None}
            record_for(request, action="plan.create", about=plan, after=after)
    if is_new and earlier is None:
        messages.warning(request, _("没有%d年的计划可抄，已建空白草稿，请直接填写。") % year)
    elif is_new:
        messages.success(request, _("已抄成草稿，请逐项修改，审定后报送。"))
    else:
        messages.info(request, _("%d年的计划已经有了，就是下面这一份。") % (year + 1))
    return redirect("plan_detail", plan.pk)
