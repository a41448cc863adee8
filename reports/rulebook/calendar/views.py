"""Pages of the working-day calendar: a year, and one date."""

import datetime as dt

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.trail import record_for
from reports.models import CalendarDay, CalendarYear
from reports.rulebook.calendar.effects import effects
from reports.rulebook.calendar.forms import REST, WORK, DayForm, FindForm, parse_day
from reports.rulebook.calendar.months import is_known, national_word, sheets
from reports.rulebook.calendar.services import StaleDayError, clear_day, imprint, set_day
from reports.rulebook.years import asked_year, years_offered
from reports.working_days import recorded_calendar
from units.access.requests import PortalRequest
from units.access.roles import Role


@require_safe
def calendar_year(request: PortalRequest) -> HttpResponse:
    today = timezone.localdate()
    may_write = request.access.acting.role == Role.DEPARTMENT_ADMIN
    form = FindForm(request.GET if "day" in request.GET else None)
    if may_write and form.is_valid():
        return redirect("calendar_day", day=form.cleaned_data["day"].isoformat())
    year = asked_year(request, today)
    own = {day.date: day for day in CalendarDay.objects.filter(date__year=year)}
    months = sheets(year, own)
    context = {
        "year": year,
        "years": years_offered(today, ()),
        "months": months,
        "works": sum(month.works for month in months),
        "own": [(day, national_word(day.date)) for day in own.values()],
        "warning": recorded_calendar().warning([year]),
        "complete": CalendarYear.objects.filter(year=year).select_related("declared_by").first(),
        "is_known": is_known(year),
        "form": form,
        "may_write": may_write,
    }
    return render(request, "reports/rulebook/calendar_year.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def calendar_day(request: PortalRequest, day: str) -> HttpResponse:
    date = _date(day)
    stored = CalendarDay.objects.filter(date=date).first()
    calendar = recorded_calendar()
    initial = {
        "kind": REST if calendar.is_workday(date) else WORK,
        "note": stored.note if stored else "",
        "opened": imprint(stored),
    }
    if stored is not None:
        initial["kind"] = WORK if stored.is_workday else REST
    form = DayForm(request.POST if request.method == "POST" else None, date=date, initial=initial)
    if form.is_valid():
        try:
            _set(request, date, form)
        except StaleDayError as error:
            return _conflict(request, form, error.stored)
        messages.success(request, _("已调整 %s。") % date)
        return redirect(_back(date))
    context = {
        "form": form,
        "date": date,
        "stored": stored,
        "national": national_word(date),
        "effects": effects(calendar, date, is_workday=not calendar.is_workday(date)),
        "becomes": _("休息") if calendar.is_workday(date) else _("上班"),
    }
    status = 400 if form.errors else 200
    return render(request, "reports/rulebook/calendar_day.html", context, status=status)


@require_POST
def calendar_day_clear(request: PortalRequest, day: str) -> HttpResponse:
    date = _date(day)
    with transaction.atomic():
        change = clear_day(date=date)
        record_for(
            request,
            action="calendar.clear",
            before={"date": date, "entry": change.before},
            after={"date": date, "entry": change.after},
        )
    messages.success(request, _("%s恢复国家安排。") % date)
    return redirect(_back(date))


def _date(day: str) -> dt.date:
    date = parse_day(day)
    if date is None:
        raise Http404
    return date


def _back(date: dt.date) -> str:
    return f"{reverse('calendar_year')}?year={date.year}"


@transaction.atomic
def _set(request: PortalRequest, date: dt.date, form: DayForm) -> None:
    wrote = form.cleaned_data
    change = set_day(
        date=date,
        is_workday=wrote["kind"] == WORK,
        note=wrote["note"],
        opened=wrote["opened"],
    )
    record_for(
        request,
        action="calendar.set",
        before={"date": date, "entry": change.before},
        after={"date": date, "entry": change.after},
    )


def _conflict(request: PortalRequest, form: DayForm, stored: CalendarDay | None) -> HttpResponse:
    """What was chosen stays in the form, ready to be saved over what somebody else has set."""
    data = {**form.cleaned_data, "opened": imprint(stored)}
    context = {
        "form": DayForm(data, date=form.date),
        "date": form.date,
        "stored": stored,
        "conflict": True,
        "national": national_word(form.date),
    }
    return render(request, "reports/rulebook/calendar_day.html", context, status=409)
