"""Pages of waivers: list, grant, revoke."""

import datetime as dt
from typing import NamedTuple

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.trail import record_for
from reports.models import Waiver
from reports.querysets import WaiverQuerySet
from reports.rulebook.choosing import refuse_foreign_units, units_of_year
from reports.rulebook.waivers.forms import FilterForm, RevokeForm, WaiverForm
from reports.rulebook.waivers.obligations import called, choices, topics_of
from reports.rulebook.waivers.services import grant, revoke
from reports.rulebook.years import asked_year, years_offered
from sessions.models import Topic
from units.access.objects import find, reachable
from units.access.requests import PortalRequest
from units.access.roles import Role
from units.models import UnitName

PAGE_LENGTH = 50


class ListedWaiver(NamedTuple):
    """A waiver and what it waives, in words."""

    waiver: Waiver
    duty: str


@require_safe
def waiver_list(request: PortalRequest) -> HttpResponse:
    today = timezone.localdate()
    year = asked_year(request, today)
    form = FilterForm(request.GET if "state" in request.GET else {"state": "standing"})
    rows = _of_year(year).with_unit_name(today).select_related("unit", "revoked_by")
    listed = rows.order_by("unit__rank_order", "unit__code", "pk")
    found = _filtered(reachable(request, listed), form)
    page = Paginator(found, PAGE_LENGTH).get_page(request.GET.get("page"))
    topics = _topic_names(year)
    context = {
        "year": year,
        "years": years_offered(today, ()),
        "filter": form,
        "page": page,
        "rows": [ListedWaiver(one, called(one.rule, one.period, topics)) for one in page],
        "may_write": request.access.acting.role == Role.DEPARTMENT_ADMIN,
    }
    return render(request, "reports/rulebook/waiver_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def waiver_new(request: PortalRequest) -> HttpResponse:
    today = timezone.localdate()
    year = asked_year(request, today)
    refuse_foreign_units(request)
    form = WaiverForm(
        request.POST if request.method == "POST" else None,
        units=units_of_year(request, year, today),
        periods=choices(year, topics_of(year)),
        today=today,
        initial={"granted_on": today},
    )
    if not form.is_valid():
        context = {"form": form, "year": year, "years": years_offered(today, ())}
        status = 400 if form.errors else 200
        return render(request, "reports/rulebook/waiver_new.html", context, status=status)
    made = _grant(request, form)
    if made:
        messages.success(request, _("已登记 %(number)s 条豁免。") % {"number": made})
    else:
        messages.info(request, _("所选单位的这些事项此前都已豁免，没有重复登记。"))
    return redirect("waiver_list")


@require_http_methods(["GET", "HEAD", "POST"])
def waiver_revoke(request: PortalRequest, pk: int) -> HttpResponse:
    today = timezone.localdate()
    rows = Waiver.objects.with_unit_name(today).select_related("unit", "revoked_by")
    waiver = find(request, rows, pk=pk)
    form = RevokeForm(request.POST if request.method == "POST" else None)
    if waiver.revoked_on is None and form.is_valid():
        if _revoke(request, waiver, form.cleaned_data["reason"], today):
            messages.success(request, _("已撤销，单位重新承担这一事项。"))
        else:
            messages.info(request, _("他人刚刚撤销了这一条，没有重复办理。"))
        return redirect("waiver_list")
    duty = called(waiver.rule, waiver.period, _topic_names(None))
    context = {"form": form, "waiver": waiver, "duty": duty}
    status = 400 if form.errors else 200
    return render(request, "reports/rulebook/waiver_revoke.html", context, status=status)


def _of_year(year: int) -> WaiverQuerySet:
    """Waivers of the year's periods; those of a topic by the topic's year."""
    topics = Topic.objects.filter(from_date__year=year).values_list("pk", flat=True)
    of_topic = Q(rule="required_topics", period__in=[str(key) for key in topics])
    dated = ~Q(rule="required_topics") & Q(period__startswith=f"{year:04d}")
    return Waiver.objects.filter(of_topic | dated)


def _filtered(rows: QuerySet[Waiver], form: FilterForm) -> QuerySet[Waiver]:
    if not form.is_valid():
        return rows
    state, words = form.cleaned_data["state"], form.cleaned_data["q"]
    if state:
        rows = rows.filter(revoked_on__isnull=state == "standing")
    if words:
        named = UnitName.objects.filter(
            Q(name__icontains=words) | Q(short_name__icontains=words)
        ).values("unit")
        said = Q(approver__icontains=words) | Q(document__icontains=words)
        rows = rows.filter(said | Q(unit__in=named) | Q(unit__code__iexact=words))
    return rows


def _topic_names(year: int | None) -> dict[str, str]:
    """Names of the year's topics, retired ones too; of all years without one."""
    rows = Topic.objects.all() if year is None else Topic.objects.filter(from_date__year=year)
    return {str(key): name for key, name in rows.values_list("pk", "name")}


@transaction.atomic
def _grant(request: PortalRequest, form: WaiverForm) -> int:
    made = grant(**form.cleaned_data)
    if made:
        wrote = form.cleaned_data
        record_for(
            request,
            action="waiver.grant",
            about=made[0] if len(made) == 1 else None,
            after={
                "waivers": [[one.unit.code, one.rule, one.period] for one in made],
                **{name: wrote[name] for name in ("approver", "reason", "document", "granted_on")},
            },
        )
    return len(made)


@transaction.atomic
def _revoke(request: PortalRequest, waiver: Waiver, reason: str, today: dt.date) -> bool:
    if not revoke(waiver=waiver, on=today, by=request.access.user, reason=reason):
        return False
    before = {"unit": waiver.unit.code, "rule": waiver.rule, "period": waiver.period}
    record_for(
        request, action="waiver.revoke", about=waiver, before=before, after={"reason": reason}
    )
    return True
