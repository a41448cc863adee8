"""Findings: the ledger, one of them, and its steps."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.trail import record_for
from reports.models import Finding, FindingEvent, SitIn
from reports.sitins import finding_services as services
from reports.sitins.finding_forms import (
    ANSWER,
    AnswerForm,
    FilterForm,
    FindingForm,
    NewFindingForm,
    SendBackForm,
)
from reports.sitins.ledger import ledger_file, row_of
from reports.sitins.plan import HELD, units_in
from reports.sitins.services import Act
from reports.sitins.stale import StaleError
from reports.sitins.step_page import Step, act_of, plain, run
from reports.sitins.steps import FINDING_STEPS
from reports.sitins.terms import terms_of
from reports.working_days import recorded_calendar
from units.access.numbers import sent_number
from units.access.objects import find, reachable
from units.access.requests import PortalRequest
from units.access.roles import Role
from units.models import Unit
from units.workbooks import workbook_response

Kind = FindingEvent.Kind
PAGE_LENGTH = 50
METHODS = ["GET", "HEAD", "POST"]


def _listed(request: PortalRequest) -> tuple[FilterForm, QuerySet[Finding]]:
    """The filter of the address, and what it leaves, in official order."""
    today = timezone.localdate()
    form = FilterForm(request.GET.dict())
    named = Finding.objects.with_unit_name(today).select_related("unit")
    found = form.narrowed(reachable(request, named), today)
    return form, found.order_by("unit__rank_order", "unit__code", "due", "pk")


@require_safe
def finding_list(request: PortalRequest) -> HttpResponse:
    today, acting = timezone.localdate(), request.access.acting
    form, found = _listed(request)
    page = Paginator(found, PAGE_LENGTH).get_page(request.GET.get("page"))
    sit_ins = None
    if not acting.covers_subtree:
        sit_ins = list(SitIn.objects.visible_to(acting).prefetch_related("listeners"))
    context = {
        "filter": form,
        "page": page,
        "rows": [row_of(finding, today) for finding in page],
        "sit_ins": sit_ins,
        "is_department": acting.covers_subtree,
        "query": request.GET.urlencode(),
    }
    return render(request, "reports/sitins/findings.html", context)


@require_safe
def finding_workbook(request: PortalRequest) -> HttpResponseBase:
    """The ledger as filtered on the screen."""
    now = timezone.localtime()
    form, found = _listed(request)
    acting = request.access.acting
    [unit] = Unit.objects.filter(pk=acting.unit_id).named(now.date())
    name = getattr(unit, "short_name", None) or unit.code
    data = ledger_file(
        found,
        title=_("%s中心组学习问题整改台账") % name,
        chosen=form.words,
        as_of=now.date(),
        printed_at=now,
    )
    after = {"rows": found.count(), "filter": form.asked}
    record_for(request, action="export.findings", about=unit, after=after)
    return workbook_response(data, f"{name}问题整改台账-{now:%Y-%m-%d}.xlsx")


@require_safe
def finding_detail(request: PortalRequest, pk: int) -> HttpResponse:
    acting = request.access.acting
    finding = _found(request, pk)
    events = FindingEvent.objects.filter(finding=finding).select_related("by")
    possible = {kind.value for kind, step in FINDING_STEPS.items() if finding.status in step.states}
    context = {
        "row": row_of(finding, timezone.localdate()),
        "finding": finding,
        "events": list(events),
        "may": possible if acting.covers_subtree else set(),
        "may_reply": acting.role == Role.CLERK and Kind.REPLY in possible,
        "is_department": acting.covers_subtree,
    }
    return render(request, "reports/sitins/finding.html", context)


@require_http_methods(METHODS)
def finding_new(request: PortalRequest) -> HttpResponse:
    """A problem of the sit-in in the address, or of any unit in reach."""
    today = timezone.localdate()
    sit_in = _sit_in_asked(request)
    _refuse_foreign_unit(request)
    reached = reachable(request, Unit.objects.all())
    first = sit_in.unit if sit_in else request.access.acting.unit
    days = terms_of(first).rectify_workdays
    initial = {"found_on": sit_in.date if sit_in else today}
    initial["due"] = recorded_calendar().add_workdays(today, days)
    form = NewFindingForm(
        request.POST if request.method == "POST" else None,
        units=None if sit_in else units_in(reached, today.year, today),
        today=today,
        initial=initial,
    )
    if request.method == "POST" and form.is_valid():
        finding = _note(request, form, sit_in)
        return redirect("sit_in_detail" if sit_in else "finding_detail", (sit_in or finding).pk)
    context = {"form": form, "sit_in": sit_in, "query": request.GET.urlencode()}
    status = 400 if form.errors else 200
    return render(request, "reports/sitins/finding_new.html", context, status=status)


@require_http_methods(METHODS)
def finding_edit(request: PortalRequest, pk: int) -> HttpResponse:
    finding, today = _found(request, pk), timezone.localdate()

    def form_of(row: Finding, data: Any = None) -> FindingForm:
        initial = {name: getattr(row, name) for name in FindingForm.base_fields}
        form = FindingForm(data, today=today, initial=initial)
        if row.sit_in_id:
            del form.fields["source"]
        return form

    form = form_of(finding, request.POST if request.method == "POST" else None)

    def save(act: Act) -> None:
        services.edit_finding(finding=finding, values=form.values, act=act)

    words = (_("修改问题"), _("保存"), _("已保存。"))
    return run(request, finding, form, _step(finding, Kind.EDIT, words, save, form_of))


@require_http_methods(METHODS)
def finding_reply(request: PortalRequest, pk: int) -> HttpResponse:
    words = (_("回复整改情况"), _("报请销号"), _("已回复，等待宣传部核查销号。"))
    return _answer(request, pk, Kind.REPLY, words)


@require_POST
def finding_progress(request: PortalRequest, pk: int) -> HttpResponse:
    words = (_("回复整改情况"), _("报请销号"), _("进度已保存，还没有报请销号。"))
    return _answer(request, pk, Kind.PROGRESS, words)


def _answer(
    request: PortalRequest, pk: int, kind: FindingEvent.Kind, words: tuple[str, str, str]
) -> HttpResponse:
    """One form with two buttons: go on, or ask to sign off."""
    finding = _found(request, pk)

    def form_of(row: Finding, data: Any = None) -> AnswerForm:
        return AnswerForm(data, initial={name: getattr(row, name) for name in ANSWER})

    form = form_of(finding, request.POST if request.method == "POST" else None)

    def save(act: Act) -> None:
        take = services.reply if kind == Kind.REPLY else services.save_progress
        take(finding=finding, values=form.cleaned_data, act=act)

    more = {
        "submit_at": reverse("finding_reply", args=[finding.pk]),
        "progress_at": reverse("finding_progress", args=[finding.pk]),
        "returned": _last_return(finding),
    }
    return run(request, finding, form, _step(finding, kind, words, save, form_of), **more)


def _last_return(finding: Finding) -> FindingEvent | None:
    """Why it was sent back, while it stands so."""
    if finding.status != Finding.Status.SENT_BACK:
        return None
    return FindingEvent.objects.filter(finding=finding, kind=Kind.SEND_BACK).last()


@require_POST
def finding_sign_off(request: PortalRequest, pk: int) -> HttpResponse:
    finding = _found(request, pk)
    try:
        with transaction.atomic():
            services.sign_off(finding=finding, on=timezone.localdate(), act=act_of(request))
            before = {"status": finding.status}
            after = {"status": Finding.Status.CLOSED.value}
            record_for(
                request, action="finding.sign_off", about=finding, before=before, after=after
            )
    except StaleError:
        messages.error(request, _("他人刚刚办理或修改过这一条，没有销号。请看过现在的内容再办理。"))
    else:
        messages.success(request, _("已销号。"))
    return redirect("finding_detail", pk)


@require_http_methods(METHODS)
def finding_send_back(request: PortalRequest, pk: int) -> HttpResponse:
    finding, today = _found(request, pk), timezone.localdate()

    def form_of(row: Finding, data: Any = None) -> SendBackForm:
        return SendBackForm(data, today=today, initial={"due": max(row.due, today)})

    form = form_of(finding, request.POST if request.method == "POST" else None)

    def save(act: Act) -> None:
        cleaned = form.cleaned_data
        services.send_back(finding=finding, reason=cleaned["reason"], due=cleaned["due"], act=act)

    words = (_("退回继续整改"), _("退回"), _("已退回，单位可以看到理由和新的时限。"))
    return run(request, finding, form, _step(finding, Kind.SEND_BACK, words, save, form_of))


def _found(request: PortalRequest, pk: int) -> Finding:
    rows = Finding.objects.with_unit_name(timezone.localdate()).select_related("unit", "sit_in")
    return find(request, rows, pk=pk)


def _sit_in_asked(request: PortalRequest) -> SitIn | None:
    asked = request.GET.get("sit_in", "")
    if not asked:
        return None
    held = SitIn.objects.filter(status__in=HELD).select_related("unit", "feedback")
    rows = held.with_unit_name(timezone.localdate())
    return find(request, rows, pk=sent_number(asked))


def _refuse_foreign_unit(request: PortalRequest) -> None:
    """A posted unit that the role does not reach is as absent as none at all: 404."""
    unit = sent_number(request.POST.get("unit", ""))
    if unit is not None:
        find(request, Unit.objects.all(), pk=unit)


def _note(request: PortalRequest, form: NewFindingForm, sit_in: SitIn | None) -> Finding:
    values = form.values | {"form_token": form.cleaned_data["form_token"]}
    if sit_in is not None:
        values |= {"sit_in": sit_in, "source": Finding.Source.SIT_IN}
    unit = sit_in.unit if sit_in else form.cleaned_data["unit"]
    with transaction.atomic():
        finding, is_new = services.note_finding(unit=unit, values=values, act=act_of(request))
        if is_new:
            after = {name: plain(value) for name, value in form.values.items()}
            record_for(
                request, action="finding.note", about=finding, after={"unit": unit.pk, **after}
            )
    said = _("已登记，单位可以看到。") if is_new else _("这一条此前已经登记，没有重复存。")
    messages.success(request, said)
    return finding


def _step(
    finding: Finding,
    kind: FindingEvent.Kind,
    words: tuple[str, str, str],
    save: Any,
    again: Any,
) -> Step:
    title, button, done = words
    return Step(
        title=title,
        button=button,
        done=done,
        action=f"finding.{kind.value}",
        states=FINDING_STEPS[kind].states,
        back=reverse("finding_detail", args=[finding.pk]),
        save=save,
        again=again,
    )
