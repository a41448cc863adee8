"""The runs of mails, and those that are to come."""

import datetime as dt
from collections import Counter
from typing import Any, NamedTuple

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.trail import origin_of, record_for
from reports import mail_by_hand, planner
from reports.chunks.size import is_large
from reports.closing import standing_closing
from reports.delivery import WAITING
from reports.emails.addresses import usable
from reports.mailing import reading
from reports.mailing.forms import FilterForm
from reports.mailing.previewing import as_of_for, reminded_today
from reports.models import Delivery, MailRun, MailSchedule
from reports.periods import Month
from reports.wake import wake_after_commit
from reports.working_days import recorded_calendar
from sessions.pages.names import short_names
from units.access.numbers import sent_number
from units.access.objects import find, reachable
from units.access.requests import PortalRequest
from units.access.roles import Role
from units.models import Unit, UnitName

RUNS_A_PAGE = 24
MAILS_A_PAGE = 50
UNITS_NAMED = 30
Run = MailSchedule.Run


def may_change(request: PortalRequest) -> bool:
    """Whether the page offers what the department's administrator does; the policy asks again."""
    return request.access.acting.role == Role.DEPARTMENT_ADMIN


@require_safe
def mail_runs(request: PortalRequest) -> HttpResponse:
    now, root = timezone.now(), request.access.acting.unit
    runs = reachable(request, MailRun.objects.order_by("-period", "run", "root_id"))
    page = Paginator(runs, RUNS_A_PAGE).get_page(request.GET.get("page"))
    schedules = reachable(request, MailSchedule.objects.filter(enabled=True).select_related("root"))
    mails = Delivery.objects.visible_to(request.access.acting)
    context = {
        "page": page,
        "lines": reading.run_lines(list(page)),
        "upcoming": reading.upcoming(list(schedules), now, recorded_calendar()),
        "planning": reading.planning(root, now),
        "alarms": reading.alarms(mails, root=root, now=now, on=timezone.localdate(now)),
        "may_change": may_change(request),
    }
    return render(request, "reports/mailing/runs.html", context)


@require_safe
def mail_run(request: PortalRequest, pk: int) -> HttpResponse:
    """The ledger of a run: each recipient with state, times and the server's words."""
    run = find(request, MailRun.objects.select_related("closing", "root"), pk=pk)
    form = FilterForm(request.GET.dict())
    asked = form.cleaned_data if form.is_valid() else {}
    rows = run.deliveries.order_by("unit__rank_order", "unit__code")
    numbers = Counter(dict(rows.order_by().values_list("state").annotate(number=Count("id"))))
    if asked.get("state"):
        rows = rows.filter(state=asked["state"])
    if words := asked.get("words", "").strip():
        named = UnitName.objects.filter(name__contains=words).values("unit")
        rows = rows.filter(Q(recipient__contains=words) | Q(unit__in=named))
    page = Paginator(rows, MAILS_A_PAGE).get_page(request.GET.get("page"))
    unreached = run.unreached.named(timezone.localdate()).order_by("rank_order", "code")
    context = {
        "run": run,
        "period": Month.parse(run.period).label,
        "states": reading.state_counts(numbers),
        "form": form,
        "page": page,
        "rows": _named(list(page)),
        "unreached": unreached[:UNITS_NAMED],
        "unreached_number": unreached.count(),
        "may_change": may_change(request),
        "may_hold": may_change(request) and any(numbers[state] for state in WAITING),
        "may_release": may_change(request) and bool(numbers[Delivery.State.HELD]),
    }
    return render(request, "reports/mailing/run.html", context)


def _named(rows: list[Delivery]) -> list[dict[str, Any]]:
    names = short_names([row.unit_id for row in rows], timezone.localdate())
    return [
        {
            "mail": row,
            "unit": names.get(row.unit_id, ""),
            "tone": reading.TONES[Delivery.State(row.state)],
        }
        for row in rows
    ]


def _ids(request: PortalRequest, run: MailRun) -> list[int]:
    """The mails ticked, or all of the run's."""
    if "all" in request.POST:
        return list(run.deliveries.values_list("id", flat=True))
    sent = (sent_number(key) for key in request.POST.getlist("rows"))
    return [key for key in sent if key is not None]


@require_POST
def mail_run_hold(request: PortalRequest, pk: int) -> HttpResponse:
    run = find(request, MailRun.objects.select_related("root"), pk=pk)
    done = mail_by_hand.hold_many(
        run,
        _ids(request, run),
        by=request.access.user,
        at=timezone.now(),
        origin=origin_of(request),
    )
    _say(request, done, _("已暂缓 %s 封；已发出和正在发送的不能暂缓。"))
    return redirect("mail_run", pk=pk)


@require_POST
def mail_run_release(request: PortalRequest, pk: int) -> HttpResponse:
    run = find(request, MailRun.objects.select_related("root"), pk=pk)
    done = mail_by_hand.release_many(
        run,
        _ids(request, run),
        by=request.access.user,
        at=timezone.now(),
        origin=origin_of(request),
    )
    wake_after_commit("send_due")
    _say(request, done, _("已放行 %s 封，马上发送。"))
    return redirect("mail_run", pk=pk)


def _say(request: PortalRequest, done: int, words: str) -> None:
    if done:
        messages.success(request, words % done)
    else:
        messages.warning(request, _("没有可以办理的邮件：请先勾选，或状态已经变化。"))


def _asked_month(text: str) -> Month:
    try:
        return Month.parse(text)
    except ValueError as error:
        raise Http404 from error


@require_safe
def mail_upcoming(request: PortalRequest) -> HttpResponse:
    """Whom a run would write to if it were queued now, each mail to be looked at."""
    root = reachable(request, Unit.objects.filter(pk=request.access.acting.unit_id)).get()
    now, today = timezone.now(), timezone.localdate()
    is_reminder = request.GET.get("run") == Run.REMINDER
    last = Month.of(today) if is_reminder else Month.of(today).previous
    month = _asked_month(request.GET.get("period") or last.key)
    run = Run.REMINDER if is_reminder else Run.MONTHLY
    there = MailRun.objects.filter(root=root, run=run, period=month.key).first()
    if there is not None:
        return redirect("mail_run", pk=there.pk)
    found = _reminded(root, today) if is_reminder else _reached(root, month, now, today)
    context = {
        "run": run,
        "month": month,
        "as_of": as_of_for(run, month, now),
        "closing": None if is_reminder else standing_closing(root, month),
        "may_change": may_change(request),
        "page": Paginator(found.reached, MAILS_A_PAGE).get_page(request.GET.get("page")),
        "others": found.others,
        "refusal": found.refusal,
    }
    return render(request, "reports/mailing/upcoming.html", context)


class _Addressed(NamedTuple):
    """Whom a run would reach and whom not; `refusal` says why it may not be queued now."""

    reached: list[Unit]
    others: list[Unit]
    refusal: str = ""


def _reminded(root: Unit, today: dt.date) -> _Addressed:
    due = [one.unit for one in reminded_today(root, today)]
    reached = [unit for unit in due if usable(unit.email)]
    return _Addressed(reached, [unit for unit in due if not usable(unit.email)])


def _reached(root: Unit, month: Month, now: dt.datetime, today: dt.date) -> _Addressed:
    reached, others = planner.addressees(root, month)
    names = short_names([unit.pk for unit in reached + others], today)
    for unit in reached + others:
        vars(unit)["short_name"] = names.get(unit.pk, unit.code)
    try:
        planner.check_month(root, month, now=now)
        refusal = ""
    except planner.NotDueError as error:
        refusal = str(error)
    return _Addressed(reached, others, refusal)


def _ask_month(request: PortalRequest, root: Unit, month: Month) -> None:
    """Leaves it to the workers. Raises planner.NotDueError."""
    with transaction.atomic():
        planner.ask_month(
            root,
            month,
            asked_by=request.access.user,
            now=timezone.now(),
            calendar=recorded_calendar(),
        )
        record_for(request, action="mail.plan", about=root, after={"month": month.key})
    said = _("%s月度邮件：单位较多，正在后台计算并排队，完成后自动发送，可在本页查看。")
    messages.info(request, said % month.label)


@require_POST
def mail_plan(request: PortalRequest) -> HttpResponse:
    """Queues a month's mails now. Twice comes to the same: only what is missing is queued."""
    root = reachable(request, Unit.objects.filter(pk=request.access.acting.unit_id)).get()
    month = _asked_month(request.POST.get("period", ""))
    now = timezone.now()
    try:
        if is_large(root):
            _ask_month(request, root, month)
            return redirect("mail_runs")
        with transaction.atomic():
            planned = planner.plan_month(root, month, now=now, calendar=recorded_calendar())
            after = {"month": month.key, "queued": planned.queued, "already": planned.already}
            record_for(request, action="mail.plan", about=root, after=after)
            wake_after_commit("send_due")
    except planner.NotDueError as error:
        messages.error(request, str(error))
        return redirect("mail_runs")
    words = _("%(month)s月度邮件：新排队 %(queued)s 封，此前已排队 %(already)s 封，马上开始发送。")
    said = {"month": month.label, "queued": planned.queued, "already": planned.already}
    messages.success(request, words % said)
    run = MailRun.objects.get(root=root, run=Run.MONTHLY, period=month.key)
    return redirect("mail_run", pk=run.pk)
