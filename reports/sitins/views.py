"""One sit-in and its steps."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from reports.models import Finding, SitIn, SitInEvent, SitInFeedback
from reports.sitins import services
from reports.sitins.choosing import auditors_for
from reports.sitins.forms import (
    AgreeForm,
    CancelForm,
    EditForm,
    FeedbackForm,
    HoldForm,
    SessionForm,
)
from reports.sitins.heard import feedback_of, heard, listener_names
from reports.sitins.services import Act
from reports.sitins.sheet import sheet_of
from reports.sitins.step_page import Step, run
from reports.sitins.steps import SIT_IN_STEPS
from reports.sitins.terms import terms_of
from reports.working_days import recorded_calendar
from sessions.models import StudySession
from units.access.objects import find
from units.access.requests import PortalRequest
from units.models import Unit

Kind = SitInEvent.Kind
METHODS = ["GET", "HEAD", "POST"]
# The plan is the department's own affair.
_INTERNAL = (Kind.PLAN, Kind.EDIT)


def _found(request: PortalRequest, pk: int) -> SitIn:
    rows = SitIn.objects.with_unit_name(timezone.localdate()).select_related("unit", "session")
    return find(request, rows.prefetch_related("listeners"), pk=pk)


@require_safe
def sit_in_detail(request: PortalRequest, pk: int) -> HttpResponse:
    today = timezone.localdate()
    sit_in = _found(request, pk)
    is_department = request.access.acting.covers_subtree
    feedback = feedback_of(sit_in)
    events = SitInEvent.objects.filter(sit_in=sit_in).select_related("by")
    findings = Finding.objects.visible_to(request.access.acting).filter(sit_in=sit_in)
    context = {
        "sit_in": sit_in,
        "feedback": feedback,
        "heard": heard(sit_in, feedback),
        "listeners": listener_names(sit_in),
        "findings": list(findings),
        "events": list(events if is_department else events.exclude(kind__in=_INTERNAL)),
        "may": _possible(sit_in) if is_department else set(),
        "is_department": is_department,
        "is_overdue": sit_in.status == SitIn.Status.HELD
        and sit_in.feedback_due is not None
        and sit_in.feedback_due < today,
        "is_late": feedback is not None
        and sit_in.feedback_due is not None
        and feedback.fed_back_on > sit_in.feedback_due,
    }
    return render(request, "reports/sitins/detail.html", context)


@require_safe
def sit_in_sheet(request: PortalRequest, pk: int) -> HttpResponse:
    """The feedback form on paper, filled in as far as it is."""
    sit_in = _found(request, pk)
    unit = Unit.objects.named(sit_in.date or timezone.localdate()).get(pk=sit_in.unit_id)
    sheet = sheet_of(sit_in, getattr(unit, "name", None) or unit.code)
    return render(request, "reports/sitins/sheet.html", {"sit_in": sit_in, "sheet": sheet})


@require_http_methods(METHODS)
def sit_in_edit(request: PortalRequest, pk: int) -> HttpResponse:
    sit_in = _found(request, pk)
    auditors = auditors_for(request.access.acting, timezone.localdate(), sit_in)

    def form_of(row: SitIn, data: Any = None) -> EditForm:
        initial = {"month": row.month, "date": row.date, **_listening(row)}
        return EditForm(data, year=row.year, auditors=auditors, initial=initial)

    form = form_of(sit_in, request.POST if request.method == "POST" else None)

    def save(act: Act) -> None:
        cleaned = form.cleaned_data
        services.edit_plan(
            sit_in=sit_in,
            month=cleaned["month"],
            date=cleaned["date"],
            listeners=form.chosen,
            act=act,
        )

    words = (_("调整计划"), _("保存"), _("已保存。"))
    return run(request, sit_in, form, _step(sit_in, Kind.EDIT, words, "edit", save, form_of))


@require_http_methods(METHODS)
def sit_in_agree(request: PortalRequest, pk: int) -> HttpResponse:
    sit_in, today = _found(request, pk), timezone.localdate()
    auditors = auditors_for(request.access.acting, today, sit_in)
    terms = terms_of(sit_in.unit)

    def form_of(row: SitIn, data: Any = None) -> AgreeForm:
        initial = {"date": row.date, "told_on": today, **_listening(row)}
        return AgreeForm(data, year=row.year, today=today, auditors=auditors, initial=initial)

    form = form_of(sit_in, request.POST if request.method == "POST" else None)

    def save(act: Act) -> None:
        calendar = recorded_calendar()
        cleaned = form.cleaned_data
        is_short = services.agree(
            sit_in=sit_in,
            date=cleaned["date"],
            told_on=cleaned["told_on"],
            listeners=form.chosen,
            terms=terms,
            calendar=calendar,
            act=act,
        )
        if is_short:
            said = _("商定之日到旁听之日不足 %d 个工作日，请提醒单位做好准备。")
            messages.warning(request, said % terms.notice_workdays)
        _warn(request, calendar.warning([cleaned["date"].year]))

    words = (_("登记对接"), _("登记对接"), _("已登记对接，单位可以看到旁听的日期。"))
    note = _("至少提前 %d 个工作日与单位商定。") % terms.notice_workdays
    step = _step(sit_in, Kind.AGREE, words, "agree", save, form_of)
    return run(request, sit_in, form, step, note=note)


@require_http_methods(METHODS)
def sit_in_hold(request: PortalRequest, pk: int) -> HttpResponse:
    sit_in, today = _found(request, pk), timezone.localdate()
    terms = terms_of(sit_in.unit)

    def form_of(row: SitIn, data: Any = None) -> HoldForm:
        return HoldForm(data, year=row.year, today=today, initial={"date": row.date})

    form = form_of(sit_in, request.POST if request.method == "POST" else None)

    def save(act: Act) -> None:
        calendar, day = recorded_calendar(), form.cleaned_data["date"]
        same_day = list(_sessions_on(request, sit_in, day)[:2])
        due = services.hold(
            sit_in=sit_in,
            date=day,
            session=same_day[0] if len(same_day) == 1 else None,
            terms=terms,
            calendar=calendar,
            act=act,
        )
        messages.info(request, _("反馈表请在 %s 前填写。") % _named(due))
        _warn(request, calendar.warning([due.year]))

    words = (_("登记旁听"), _("登记已旁听"), _("已登记旁听。"))
    note = _("旁听之后 %d 个工作日内填写反馈表。当日只有一次已报送学习的，自动关联。")
    step = _step(sit_in, Kind.HOLD, words, "hold", save, form_of)
    return run(request, sit_in, form, step, note=note % terms.feedback_workdays)


@require_http_methods(METHODS)
def sit_in_session(request: PortalRequest, pk: int) -> HttpResponse:
    sit_in = _found(request, pk)
    sessions = _sessions_on(request, sit_in, sit_in.date or dt.date.min)

    def form_of(row: SitIn, data: Any = None) -> SessionForm:
        return SessionForm(data, sessions=sessions, initial={"session": row.session_id})

    form = form_of(sit_in, request.POST if request.method == "POST" else None)

    def save(act: Act) -> None:
        services.link_session(sit_in=sit_in, session=form.cleaned_data["session"], act=act)

    words = (_("关联学习记录"), _("保存"), _("已保存。"))
    return run(request, sit_in, form, _step(sit_in, Kind.LINK, words, "session", save, form_of))


@require_http_methods(METHODS)
def sit_in_feedback(request: PortalRequest, pk: int) -> HttpResponse:
    sit_in, today = _found(request, pk), timezone.localdate()
    given = feedback_of(sit_in)

    def form_of(row: SitIn, data: Any = None) -> FeedbackForm:
        stored = feedback_of(row) if row is not sit_in else given
        blank = SitInFeedback(sit_in=row, fed_back_on=today)
        return FeedbackForm(data, sit_in=row, today=today, instance=stored or blank)

    form = form_of(sit_in, request.POST if request.method == "POST" else None)

    def save(act: Act) -> None:
        services.feed_back(sit_in=sit_in, values=form.cleaned_data, act=act)

    words = (_("巡听旁听反馈表"), _("保存反馈表"), _("反馈表已保存，单位可以看到。"))
    kind = Kind.FEED_BACK if given is None else Kind.AMEND
    step = _step(sit_in, kind, words, "feedback", save, form_of)
    more = {"heard": heard(sit_in, given), "listeners": listener_names(sit_in)}
    return run(request, sit_in, form, step, **more)


@require_http_methods(METHODS)
def sit_in_cancel(request: PortalRequest, pk: int) -> HttpResponse:
    sit_in = _found(request, pk)

    def form_of(row: SitIn, data: Any = None) -> CancelForm:
        return CancelForm(data)

    form = form_of(sit_in, request.POST if request.method == "POST" else None)

    def save(act: Act) -> None:
        services.cancel(sit_in=sit_in, reason=form.cleaned_data["reason"], act=act)

    words = (_("取消旁听"), _("取消旁听"), _("已取消，单位可以重新列入计划。"))
    step = _step(sit_in, Kind.CANCEL, words, "cancel", save, form_of)
    note = _("没有举行的旁听取消后仍留在记录里，不算作已经安排。")
    return run(request, sit_in, form, step, note=note)


def _step(
    sit_in: SitIn,
    kind: SitInEvent.Kind,
    words: tuple[str, str, str],
    action: str,
    save: Any,
    again: Any,
) -> Step:
    title, button, done = words
    return Step(
        title=title,
        button=button,
        done=done,
        action=f"sit_in.{action}",
        states=SIT_IN_STEPS[kind].states,
        back=reverse("sit_in_detail", args=[sit_in.pk]),
        save=save,
        again=again,
        is_danger=kind == Kind.CANCEL,
    )


def _possible(sit_in: SitIn) -> set[str]:
    return {kind.value for kind, step in SIT_IN_STEPS.items() if sit_in.status in step.states}


def _listening(sit_in: SitIn) -> dict[str, Any]:
    users = [user.pk for user in sit_in.listeners.all()]
    return {"listeners": users, "other_listeners": sit_in.other_listeners}


def _sessions_on(request: PortalRequest, sit_in: SitIn, day: dt.date) -> QuerySet[StudySession]:
    """What the unit handed in of the day."""
    seen = StudySession.objects.visible_to(request.access.acting).filter(unit=sit_in.unit)
    return seen.filter(date__lte=day, end_date__gte=day).order_by("date", "pk")


def _warn(request: PortalRequest, words: str) -> None:
    if words:
        messages.warning(request, words)


def _named(day: dt.date) -> str:
    return _("%(month)d月%(day)d日") % {"month": day.month, "day": day.day}
