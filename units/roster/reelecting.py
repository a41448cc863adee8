"""The page on which a whole roster is replaced."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from units.access.objects import find
from units.access.requests import PortalRequest
from units.models import Unit
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
    listed = listed_on(unit, today)
    data = request.POST.copy() or None
    wants_rows = data is not None and "more" in data
    if data is not None and wants_rows:
        total = data.get("places-TOTAL_FORMS", "0")
        lines = int(total) if total.isdecimal() else 0
        data["places-TOTAL_FORMS"] = str(min(lines, MOST_BLANK_ROWS) + BLANK_ROWS)
    kept = {name: request.POST.get(name, "") for name in ReelectionForm.base_fields}
    form = ReelectionForm(None if wants_rows else data, initial=kept)
    lines_form = place_forms(data, listed.holding, BLANK_ROWS)
    tried = Attempt()
    if data is not None and not wants_rows and form.is_valid() and lines_form.is_valid():
        tried = attempt(
            request,
            form,
            lambda seen, confirmed: _reelect(unit, form, lines_form, seen, confirmed),
            action="roster.reelect",
            before={"entries": [entry.pk for entry in listed.holding]},
        )
        if tried.is_done:
            messages.success(request, _("换届已登记。"))
            return redirect("roster", code=unit.code)
    context = {
        "unit": unit,
        "form": form,
        "lines": lines_form,
        "tried": tried,
        "seen": digest_of(unit),
        "listed": listed if tried.is_stale else None,
    }
    status = 200 if data is None or wants_rows else tried.status
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
