"""The department's pages of the yearly turn: the steps, the units, the year's closings."""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import AuditEvent
from accounts.trail import record_for
from reports.closings.months import month_lines
from reports.models import ArchiveSeal, TurnCheck
from reports.rulebook.years import asked_year, years_offered
from reports.turn import seals, services
from reports.turn.forms import ConfirmForm, FilterForm, SealAgainForm, YearForm
from reports.turn.makeups import open_makeups
from reports.turn.seals import TurnError
from reports.turn.state import Turn, default_year
from reports.turn.table import chosen_units, lines_of
from units.access.objects import find
from units.access.requests import PortalRequest
from units.access.roles import Role

PAGE_LENGTH = 50


@require_safe
def turn(request: PortalRequest) -> HttpResponse:
    today, year = timezone.localdate(), _year(request)
    context = {
        "turn": Turn(request.access.acting.unit, year, today),
        "years": sorted({*years_offered(today, ()), year} - {today.year + 1}, reverse=True),
        "year": year,
        "is_admin": request.access.acting.role == Role.DEPARTMENT_ADMIN,
    }
    return render(request, "reports/turn/turn.html", context)


@require_safe
def turn_units(request: PortalRequest) -> HttpResponse:
    today, root, year = timezone.localdate(), request.access.acting.unit, _year(request)
    form = FilterForm(request.GET, year=year)
    show = form.cleaned_data["show"] if form.is_valid() else ""
    makeups = open_makeups(root, year, today)
    units = chosen_units(root, year, show, makeups, today)
    page = Paginator(units, PAGE_LENGTH).get_page(request.GET.get("page"))
    context = {
        "filter": form,
        "page": page,
        "lines": lines_of(page, year, makeups),
        "year": year,
        "next_year": year + 1,
    }
    return render(request, "reports/turn/units.html", context)


@require_safe
def turn_closings(request: PortalRequest) -> HttpResponse:
    root, year = request.access.acting.unit, _year(request)
    lines = list(reversed(month_lines(root, year, timezone.localdate())))
    return render(request, "reports/turn/closings.html", {"lines": lines, "year": year})


@require_POST
def turn_seal(request: PortalRequest) -> HttpResponse:
    def act(year: int) -> str:
        done = seals.seal_archives(
            root=request.access.acting.unit, year=year, at=timezone.now(), by=request.access.user
        )
        after = {"year": year, "sealed": done.done, "left": done.left}
        record_for(request, action="turn.seal", after=after)
        if done.left:
            return _("已封存 %(done)d 个单位，还有 %(left)d 个，请再点一次。") % {
                "done": done.done,
                "left": done.left,
            }
        return _("已封存 %d 个单位的学习档案，全部封存完毕。") % done.done

    return _step(request, act)


@require_POST
def turn_check_seals(request: PortalRequest) -> HttpResponse:
    def act(year: int) -> str:
        root = request.access.acting.unit
        done = seals.check_seals(root=root, year=year, at=timezone.now())
        after = {"year": year, "compared": done.done, "differing": list(done.differing)}
        record_for(request, action="turn.check_seals", after=after)
        said = _("核对了 %(done)d 个单位，%(differing)d 个与封存时不一致。") % {
            "done": done.done,
            "differing": len(done.differing),
        }
        return said + (_("还有 %d 个，请再点一次。") % done.left if done.left else "")

    return _step(request, act)


@require_POST
def turn_plans(request: PortalRequest) -> HttpResponse:
    def act(year: int) -> str:
        done = services.copy_plans(
            root=request.access.acting.unit, year=year, by=request.access.user
        )
        after = {"year": year + 1, "units": list(done.codes), "left": done.left}
        record_for(request, action="turn.plans", after=after)
        said = _("已为 %d 个单位建下年计划草稿。") % len(done.codes)
        return said + (_("还有 %d 个，请再点一次。") % done.left if done.left else "")

    return _step(request, act)


@require_POST
def turn_rule_sets(request: PortalRequest) -> HttpResponse:
    def act(year: int) -> str:
        drafts = services.copy_rule_sets(root=request.access.acting.unit, year=year)
        after = {"year": year + 1, "rule_sets": [draft.pk for draft in drafts]}
        record_for(request, action="turn.rule_sets", after=after)
        if not drafts:
            return _("下年已有各套规则，没有重复建。")
        return _("已建 %d 份规则草稿，请核对后发布。") % len(drafts)

    return _step(request, act)


@require_POST
def turn_confirm(request: PortalRequest) -> HttpResponse:
    form = ConfirmForm(request.POST)
    if not form.is_valid():
        faults = form.errors.get("note") or [_("请从页面上选择要核对的步骤。")]
        messages.error(request, _("没有记下：%s") % faults[0])
        return redirect("turn")
    asked = form.cleaned_data
    with transaction.atomic():
        check, is_new = services.confirm_step(
            root=request.access.acting.unit,
            year=asked["year"],
            step=asked["step"],
            note=asked["note"],
            at=timezone.now(),
            by=request.access.user,
        )
        if is_new:
            after = {"year": check.year, "step": check.step, "note": check.note}
            record_for(request, action="turn.confirm", about=check, after=after)
    messages.success(request, _("已记下：%s核对完毕。") % TurnCheck.Step(check.step).label)
    return _back(asked["year"])


@require_http_methods(["GET", "HEAD", "POST"])
def archive_seal(request: PortalRequest, pk: int) -> HttpResponse:
    seal = find(request, ArchiveSeal.objects.select_related("unit", "sealed_by"), pk=pk)
    form = SealAgainForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return _seal_again(request, seal, form.cleaned_data["reason"])
    rows = ArchiveSeal.objects.filter(unit=seal.unit_id, year=seal.year)
    context = {
        "seal": seal,
        "history": rows.select_related("sealed_by").order_by("-pk"),
        "form": form if seal.replaced_at is None else None,
    }
    status = 400 if form.errors else 200
    return render(request, "reports/turn/seal.html", context, status=status)


def _seal_again(request: PortalRequest, seal: ArchiveSeal, reason: str) -> HttpResponse:
    with transaction.atomic():
        fresh = seals.seal_again(
            seal=seal, reason=reason, at=timezone.now(), by=request.access.user
        )
        if fresh is not None:
            record_for(
                request,
                action="turn.seal_again",
                about=fresh,
                before={"digest": seal.digest},
                after={"digest": fresh.digest, "reason": reason},
            )
    if fresh is None:
        messages.info(request, _("档案与封存时一致，或已有人重新封存，没有重复办理。"))
        return redirect("archive_seal", seal.pk)
    messages.success(request, _("已重新封存，原来的记录保留。"))
    return redirect("archive_seal", fresh.pk)


def _step(request: PortalRequest, act: Callable[[int], str]) -> HttpResponse:
    """Takes a step of the year that was sent, with its line in the trail, and tells what came.

    A step that cannot be taken yet is noted too: it was somebody's decision.
    """
    form = YearForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("没有指明年度，请从页面上办理。"))
        return redirect("turn")
    year = form.cleaned_data["year"]
    try:
        with transaction.atomic():
            said = act(year)
    except TurnError as refusal:
        messages.error(request, str(refusal))
        failed = AuditEvent.Result.FAILED
        after = {"year": year, "why": str(refusal)}
        record_for(request, action=request.access.rule.audit, result=failed, after=after)
    else:
        messages.success(request, said)
    return _back(year)


def _year(request: PortalRequest) -> int:
    today = timezone.localdate()
    if "year" not in request.GET:
        return default_year(today)
    return asked_year(request, today)


def _back(year: int) -> HttpResponse:
    return redirect(f"{reverse('turn')}?year={year}")
