"""The page on which a whole roster is replaced."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from units.access.numbers import sent_number
from units.access.objects import find
from units.access.requests import PortalRequest
from units.models import RosterEntry, Unit
from units.roster.attempts import Attempt, attempt
from units.roster.forms import BLANK_ROWS, PlaceForms, ReelectionForm, place_forms
from units.roster.reading import listed_on
from units.roster.reelection import Place, reelect
from units.roster.terms import digest_of

MOST_BLANK_ROWS = 60


@require_http_methods(["GET", "HEAD", "POST"])
def roster_reelect(request: PortalRequest, code: str) -> HttpResponse:
    """Without scripts, more lines come with a round trip that writes nothing."""
    today = timezone.localdate()
    unit = find(request, Unit.objects.named(today), code=code)
    holding = listed_on(unit, today).holding
    if "more" in request.POST:
        return _page(request, unit, *_with_more_lines(request, holding), Attempt(), 200)
    form = ReelectionForm(request.POST or None)
    lines = place_forms(request.POST or None, holding, BLANK_ROWS)
    tried = Attempt()
    if form.is_bound and form.is_valid() and lines.is_valid():
        tried = attempt(
            request,
            form,
            lambda seen, confirmed: _reelect(unit, form, lines, seen, confirmed),
            action="roster.reelect",
            before={"entries": [entry.pk for entry in holding]},
        )
        if tried.is_done:
            messages.success(request, _("换届已登记。"))
            return redirect("roster", code=unit.code)
    return _page(request, unit, form, lines, tried, tried.status if form.is_bound else 200)


def _with_more_lines(
    request: PortalRequest, holding: list[RosterEntry]
) -> tuple[ReelectionForm, PlaceForms]:
    """Everything as typed, unjudged, with further blank lines."""
    data = request.POST.copy()
    lines = sent_number(data.get("places-TOTAL_FORMS", "0")) or 0
    data["places-TOTAL_FORMS"] = str(min(lines, MOST_BLANK_ROWS) + BLANK_ROWS)
    kept = {name: data.get(name, "") for name in ReelectionForm.base_fields}
    return ReelectionForm(initial=kept), place_forms(data, holding, BLANK_ROWS)


def _page(
    request: PortalRequest,
    unit: Unit,
    form: ReelectionForm,
    lines: PlaceForms,
    tried: Attempt,
    status: int,
) -> HttpResponse:
    context = {
        "unit": unit,
        "form": form,
        "lines": lines,
        "tried": tried,
        "seen": digest_of(unit),
        "listed": listed_on(unit, timezone.localdate()) if tried.is_stale else None,
    }
    return render(request, "units/roster/reelect.html", context, status=status)


def _reelect(
    unit: Unit, form: ReelectionForm, lines: PlaceForms, seen: str, confirmed: str
) -> Unit:
    listed = [line.cleaned_data for line in lines if line.is_listed]
    listed.sort(key=lambda line: line["order"] or MOST_BLANK_ROWS * 100)
    reelect(
        unit=unit,
        on=form.cleaned_data["on"],
        appointment_no=form.cleaned_data["appointment_no"],
        places=[
            Place(**{name: line[name] for name in Place.__dataclass_fields__}) for line in listed
        ],
        seen=seen,
        confirmed=confirmed,
    )
    return unit
