"""Forms to download: blank ones from one page, filled ones from where the user stands."""

from datetime import date

from django.db.models import Model
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.trail import record_for
from reports.documents.access import FILLED
from reports.documents.download import document_response
from reports.documents.forms.blanks import BLANKS, BY_KEY
from reports.documents.forms.feedback import feedback_paper
from reports.documents.forms.leave import leave_paper
from reports.documents.forms.makeups import makeup_paper
from reports.documents.forms.plan import plan_paper
from reports.documents.forms.record import record_paper
from reports.documents.forms.roster import roster_paper
from reports.documents.forms.sign_in import sign_in_paper
from reports.models import SitIn
from reports.sitins.sheet import sheet_of as feedback_sheet
from sessions.makeups.rows import Step, in_step, owed_rows, shown
from sessions.makeups.terms import makeup_terms
from sessions.models import AnnualPlan, Attendance, StudySession
from sessions.printing.contents import group_on, record_of, sheet_for_day, sheet_of
from sessions.printing.leave import leave_slips
from sessions.printing.views import asked_for
from units.access.objects import find, reachable
from units.access.requests import PortalRequest
from units.models import Unit
from units.roster.forms import today_or
from units.roster.reading import listed_on
from units.workbooks import workbook_response

SESSIONS = StudySession.objects.select_related("unit", "plan_item")


@require_safe
def form_list(request: PortalRequest) -> HttpResponse:
    """Every form with a sentence, and the page that gives it filled in."""
    is_unit = not request.access.acting.covers_subtree
    routes = [blank.in_unit if is_unit else blank.in_department for blank in BLANKS]
    addresses = [reverse(route) if route else "" for route in routes]
    context = {"forms": list(zip(BLANKS, addresses, strict=True)), "is_unit": is_unit}
    return render(request, "reports/documents/forms.html", context)


@require_safe
def blank_form(request: PortalRequest, key: str) -> HttpResponseBase:
    """A form to be written by hand; a unit's bears the name of its group."""
    blank = BY_KEY.get(key)
    if blank is None:
        raise Http404
    now, acting = timezone.localtime(), request.access.acting
    group = "" if acting.covers_subtree else group_on(acting.unit, now.date())
    data, name = blank.make(group, now), _("%(form)s（空白）") % {"form": blank.name}
    return (workbook_response if blank.is_workbook else document_response)(data, name)


@require_safe
def plan_form(request: PortalRequest, pk: int) -> HttpResponseBase:
    plan = find(request, AnnualPlan.objects.select_related("unit"), pk=pk)
    group = group_on(plan.unit, plan.approved_on or date(plan.year, 1, 1))
    data = plan_paper(plan, plan.items.all(), group=group, created=timezone.localtime())
    return _handed_out(request, "plan", plan, data, f"{group}{plan.year}年度学习计划表")


@require_safe
def sign_in_form(request: PortalRequest) -> HttpResponseBase:
    """For a session still to come: the members in office on its day, to be signed."""
    day, theme = asked_for(request)
    unit = find(request, Unit.objects.all(), pk=request.access.acting.unit_id)
    sheet = sheet_for_day(unit, day, theme)
    data = sign_in_paper(sheet, created=timezone.localtime())
    return _handed_out(request, "sign_in", unit, data, f"{sheet.group}签到表-{day}")


@require_safe
def session_sign_in_form(request: PortalRequest, pk: int) -> HttpResponseBase:
    """Of a session on record: as it was, or to be signed once more."""
    session = find(request, SESSIONS, pk=pk)
    sheet = sheet_of(session, is_blank="blank" in request.GET)
    data = sign_in_paper(sheet, created=timezone.localtime())
    return _handed_out(request, "sign_in", session, data, f"{sheet.group}签到表-{session.date}")


@require_safe
def session_record_form(request: PortalRequest, pk: int) -> HttpResponseBase:
    session = find(request, SESSIONS, pk=pk)
    record = record_of(session)
    data = record_paper(record, created=timezone.localtime())
    return _handed_out(request, "record", session, data, f"{record.group}学习记录-{session.date}")


@require_safe
def session_leave_form(request: PortalRequest, pk: int) -> HttpResponseBase:
    """A slip for each member on leave; of a session without leave one to be written by hand."""
    session = find(request, SESSIONS, pk=pk)
    slips = leave_slips(session)
    data = leave_paper(slips, created=timezone.localtime())
    return _handed_out(request, "leave", session, data, f"{slips[0].group}请假单-{session.date}")


@require_safe
def makeup_form(request: PortalRequest) -> HttpResponseBase:
    """The rows of one step of the page 补学, as that page lists them."""
    now, unit = timezone.localtime(), request.access.acting.unit
    today, wanted = now.date(), request.GET.get("step", "")
    step = Step(wanted) if wanted in Step.values else Step.OPEN
    terms = makeup_terms(unit, {today.year, today.year - 1}, today)
    owed = owed_rows(reachable(request, Attendance.objects.all()), terms)
    rows = [shown(row, terms, today) for row in in_step(owed, step)]
    group = group_on(unit, today)
    data = makeup_paper(rows, group=group, chosen=str(step.label), created=now)
    return _handed_out(request, "makeups", unit, data, f"{group}补学登记表-{step.label}-{today}")


@require_safe
def sit_in_form(request: PortalRequest, pk: int) -> HttpResponseBase:
    """The feedback form, filled in as far as it is."""
    sit_in = find(request, SitIn.objects.select_related("unit", "session"), pk=pk)
    now = timezone.localtime()
    unit = Unit.objects.named(sit_in.date or now.date()).get(pk=sit_in.unit_id)
    name = getattr(unit, "name", None) or unit.code
    data = feedback_paper(feedback_sheet(sit_in, name), created=now)
    return _handed_out(request, "feedback", sit_in, data, f"{name}巡听旁听反馈表-{sit_in.year}")


@require_safe
def roster_form(request: PortalRequest, code: str) -> HttpResponseBase:
    """Who is in office on the day the page shows."""
    now = timezone.localtime()
    unit = find(request, Unit.objects.all(), code=code)
    day = today_or(request.GET.get("on"), now.date())
    group = group_on(unit, day)
    data = roster_paper(listed_on(unit, day).holding, group=group, day=day, created=now)
    return _handed_out(request, "roster", unit, data, f"{group}成员名册-{day}")


def _handed_out(
    request: PortalRequest, key: str, about: Model, data: bytes, name: str
) -> FileResponse:
    """The file, noted in the trail: names leave the portal with it."""
    record_for(request, action=FILLED, about=about, after={"form": key})
    return document_response(data, name)
