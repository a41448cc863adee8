"""Workbooks to download at once, small enough to be made while one waits."""

from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.trail import record_for
from reports.exports.ledger import ledger_file
from sessions.models import StudySession
from sessions.pages.listing import FilterForm, filtered, first_year
from units.access.objects import find
from units.access.requests import PortalRequest
from units.models import Unit
from units.workbooks import workbook_response

FILTERS = ("period", "form", "status", "text")


@require_safe
def unit_ledger_workbook(request: PortalRequest, code: str) -> HttpResponseBase:
    """A unit's ledger of a year, filtered as the list on the screen is."""
    now = timezone.localtime()
    unit = find(request, Unit.objects.named(now.date()), code=code)
    sessions = StudySession.objects.visible_to(request.access.acting).filter(unit=unit)
    form = FilterForm(request.GET.dict(), now.date(), first_year(sessions))
    form.is_valid()
    year = form.cleaned_data.get("year") or now.year
    wanted = filtered(sessions, form.cleaned_data, now.date())
    name = getattr(unit, "name", None) or unit.code
    ledger = ledger_file(
        unit=unit,
        name=name,
        year=year,
        only=set(wanted.values_list("pk", flat=True)),
        chosen=_chosen(form),
        as_of=now.date(),
        printed_at=now,
    )
    after = {"rows": ledger.rows, "year": year, "filter": _asked(form)}
    record_for(request, action="export.ledger", about=unit, after=after)
    return workbook_response(ledger.data, f"{name}集中学习台账-{year}.xlsx")


def _asked(form: FilterForm) -> dict[str, str]:
    """What narrows the list, as typed and chosen."""
    return {name: form.cleaned_data[name] for name in FILTERS if form.cleaned_data.get(name)}


def _chosen(form: FilterForm) -> str:
    """The filter in words."""
    said = []
    for name, value in _asked(form).items():
        field = form.fields[name]
        words = dict(getattr(field, "choices", ()))
        said.append(f"{field.label}：{words.get(value, value)}")
    return "，".join(said) or _("全年")
