"""When mails go out, and whether the clock may be believed."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.trail import record_for
from reports import clock_guard
from reports.mail_days import latest_due
from reports.mailing.forms import ScheduleForm
from reports.mailing.reading import upcoming
from reports.mailing.run_views import may_change
from reports.mailing.services import ChangedMeanwhileError, save_schedule
from reports.models import MailRun, MailSchedule
from reports.periods import Month
from reports.working_days import recorded_calendar
from units.access.objects import reachable
from units.access.requests import PortalRequest

Run = MailSchedule.Run
COLUMNS = ("enabled", "workday", "hour", "first_period")
_DAYS = {Run.MONTHLY: 3, Run.REMINDER: 10}


def _stored(request: PortalRequest) -> dict[Run, MailSchedule]:
    own = MailSchedule.objects.filter(root=request.access.acting.unit).select_related("root")
    return {Run(one.run): one for one in reachable(request, own)}


def _initial(run: Run, stored: MailSchedule | None) -> dict[str, Any]:
    if stored is not None:
        return {name: getattr(stored, name) for name in (*COLUMNS, "version")}
    first = Month.of(timezone.localdate()).key
    return {
        "enabled": False,
        "workday": _DAYS[run],
        "hour": 9,
        "first_period": first,
        "version": 0,
    }


def _page(request: PortalRequest, sent: ScheduleForm | None = None) -> HttpResponse:
    stored = _stored(request)
    enabled = [one for one in stored.values() if one.enabled]
    following = {
        one.schedule.run: one for one in upcoming(enabled, timezone.now(), recorded_calendar())
    }
    parts = [
        {
            "run": run,
            "label": run.label,
            "form": sent
            if sent is not None and sent.run == run
            else ScheduleForm(run=run, initial=_initial(run, stored.get(run))),
            "schedule": stored.get(run),
            "next": following.get(run),
        }
        for run in Run
    ]
    context = {"parts": parts, "may_change": may_change(request)}
    return render(request, "reports/mailing/schedule.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def mail_schedule(request: PortalRequest) -> HttpResponse:
    if request.method != "POST":
        return _page(request)
    run = Run.REMINDER if request.POST.get("run") == Run.REMINDER else Run.MONTHLY
    before = _stored(request).get(run)
    form = ScheduleForm(request.POST, run=run)
    if not form.is_valid():
        return _page(request, form)
    values = {name: form.cleaned_data[name] for name in COLUMNS}
    try:
        with transaction.atomic():
            saved = save_schedule(
                root=request.access.acting.unit,
                run=run,
                version=form.cleaned_data["version"],
                values=values,
            )
            record_for(
                request,
                action="mail.schedule",
                about=saved,
                before={name: getattr(before, name) for name in COLUMNS} if before else None,
                after={"run": run.value, **values},
            )
    except ChangedMeanwhileError:
        return _changed_meanwhile(request, form)
    messages.success(request, _("“%s”计划已保存。") % run.label)
    _warn_if_due(request, saved)
    return redirect("mail_schedule")


def _changed_meanwhile(request: PortalRequest, form: ScheduleForm) -> HttpResponse:
    """What was typed stays, beside what is stored now; sending it again is a decision."""
    stored = _stored(request).get(form.run)
    data = request.POST.copy()
    data[form.add_prefix("version")] = str(stored.version if stored else 0)
    again = ScheduleForm(data, run=form.run)
    again.is_valid()
    now = (
        _("%(state)s，第 %(workday)s 个工作日 %(hour)s 时，自 %(first)s 起")
        % {
            "state": _("启用") if stored.enabled else _("停用"),
            "workday": stored.workday,
            "hour": stored.hour,
            "first": stored.first_period,
        }
        if stored
        else _("没有计划")
    )
    again.add_error(
        None,
        _("其他人刚刚改过这项计划，现在是：%s。下面仍是您填写的内容；如仍要改，请再保存一次。")
        % now,
    )
    return _page(request, again)


def _warn_if_due(request: PortalRequest, schedule: MailSchedule) -> None:
    due = latest_due(schedule, timezone.now(), recorded_calendar()) if schedule.enabled else None
    if due is None:
        return
    there = MailRun.objects.filter(root=schedule.root, run=schedule.run, period=due[0].key)
    if not there.exists():
        words = _("%s的邮件按此计划已经到期，几分钟内自动排队发送；如不希望现在发送，请立即停用。")
        messages.warning(request, words % due[0].label)


@require_POST
def mail_clock(request: PortalRequest) -> HttpResponse:
    """A person has looked at the clock: the next look of the planner counts as good."""
    with transaction.atomic():
        forgotten = clock_guard.accept()
        record_for(request, action="mail.clock", after={"readings": forgotten})
    messages.success(request, _("已确认时钟无误，邮件恢复自动排队。"))
    return redirect("mail_runs")
