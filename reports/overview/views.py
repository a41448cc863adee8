"""The department's pages about many units, and about one obligation of one of them."""

import datetime as dt
from typing import Any, Final, cast

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from reports.closing import closing_at
from reports.compliance.forms import AsOfForm
from reports.emails.sources import topic_names
from reports.models import Closing
from reports.overview.areas import area_lines
from reports.overview.counting import chosen, counts
from reports.overview.county import page_of, unit_lines
from reports.overview.forms import HomeForm, MatrixForm
from reports.overview.matrix import columns, lines
from reports.overview.obligation import explained
from reports.overview.scope import Asked, Scope, asked, wanted_units
from reports.overview.trend import trend
from reports.periods import Month
from reports.sitins.todo import waiting
from reports.standings.basis import ground
from reports.standings.gist import Gist
from reports.standings.kept import standings
from units.access.objects import find, reachable
from units.access.requests import PortalRequest
from units.models import Unit
from units.querysets import UnitQuerySet

MOST_PRINTED: Final = 3000
"""So many units go on paper at a time; a province is printed county by county."""


def county_home(request: PortalRequest, **context: object) -> HttpResponse:
    """What the department and the county's leaders start from: where every unit stands."""
    today = timezone.localdate()
    scope = _scope(request, today)
    said = {"as_of": today.isoformat(), **request.GET.dict()}
    form = HomeForm(said, today=today, categories=scope.categories)
    narrowed = form.cleaned_data if form.is_valid() else {}
    as_of = narrowed.get("as_of", today)
    on = ground(year=as_of.year, as_of=as_of)
    gists = standings(scope.below(scope.root, narrowed.get("category", "")), on, today=today)
    found = chosen(gists, standing=narrowed.get("standing", ""))
    page = page_of(found, request.GET.get("page"))
    context |= {
        "form": form,
        "as_of": as_of,
        "chosen": narrowed,
        "page": page,
        "lines": unit_lines(page, scope, topic_names(as_of.year)),
        **_counted(gists),
        "warning": on.calendar.warning([as_of.year]),
        "sit_ins_waiting": waiting(request.access.acting, today),
    }
    return render(request, "reports/overview/home.html", context)


@require_safe
def overview(request: PortalRequest) -> HttpResponse:
    """Units × months with words in the cells, or a city by its counties."""
    today = timezone.localdate()
    scope = _scope(request, today)
    form = _form(request, scope, today)
    wanted = asked(scope, form, today)
    units = wanted_units(scope, wanted)
    on = ground(year=wanted.as_of.year, as_of=wanted.as_of)
    gists = standings(units, on, today=today)
    context = _frame(request, wanted, form) | _counted(gists)
    context["warning"] = on.calendar.warning([wanted.as_of.year])
    if wanted.by_area:
        shown = context["columns"]
        context["areas"] = area_lines(gists, units, wanted.place, wanted.areas, shown)
        return render(request, "reports/overview/areas.html", context)
    found = chosen(gists, standing=wanted.standing, outcome=wanted.outcome)
    page = page_of(found, request.GET.get("page"))
    context |= {"page": page, "lines": _lines(page, scope, wanted, today)}
    return render(request, "reports/overview/matrix.html", context)


@require_safe
def overview_print(request: PortalRequest) -> HttpResponse:
    """The matrix of all chosen units, to be printed."""
    today = timezone.localdate()
    scope = _scope(request, today)
    form = _form(request, scope, today)
    wanted = asked(scope, form, today)
    on = ground(year=wanted.as_of.year, as_of=wanted.as_of)
    gists = standings(wanted_units(scope, wanted), on, today=today)
    found = chosen(gists, standing=wanted.standing, outcome=wanted.outcome)
    printed = found[:MOST_PRINTED]
    context = _frame(request, wanted, form) | _counted(gists)
    context |= {
        "lines": _lines(printed, scope, wanted, today),
        "left_out": len(found) - len(printed),
        "found": len(found),
    }
    return render(request, "reports/overview/print.html", context)


@require_safe
def overview_trend(request: PortalRequest) -> HttpResponse:
    """The months of the year beside those of the year before, as charts and as tables."""
    today = timezone.localdate()
    scope = _scope(request, today)
    form = _form(request, scope, today)
    for name in ("standing", "outcome", "rows"):
        form.fields.pop(name, None)
    wanted = asked(scope, form, today)
    units, year = wanted_units(scope, wanted), wanted.as_of.year
    this, last = (
        standings(units, ground(year=each, as_of=wanted.as_of), today=today)
        for each in (year, year - 1)
    )
    series = trend(this, last, wanted.as_of)
    context = _frame(request, wanted, form) | {
        "series": series,
        "drawn": {"year": year, "series": [one.drawn for one in series]},
        "last_year": year - 1,
        "total": len(this),
    }
    return render(request, "reports/overview/trend.html", context)


@require_safe
def obligation(request: PortalRequest, code: str, rule: str, period: str) -> HttpResponse:
    """What one obligation of a unit counted and left out, and why; a panel where htmx asks."""
    today = timezone.localdate()
    form = AsOfForm({"as_of": today.isoformat(), **request.GET.dict()}, today=today)
    as_of: dt.date = form.cleaned_data["as_of"] if form.is_valid() else today
    unit = find(request, Unit.objects.named(as_of), code=code)
    told = explained(unit, as_of, request.access.acting, rule=rule, period=period)
    if told is None:
        raise Http404
    context = {
        "unit": unit,
        "as_of": as_of,
        "told": told,
        "duty": told.duty,
        "query": _query(as_of, today),
    }
    name = "panel" if "HX-Request" in request.headers else "obligation"
    return render(request, f"reports/overview/{name}.html", context)


def _scope(request: PortalRequest, on: dt.date) -> Scope:
    units = cast(UnitQuerySet, reachable(request, Unit.objects.all()))
    return Scope(units, request.access.acting.unit, on)


def _form(request: PortalRequest, scope: Scope, today: dt.date) -> MatrixForm:
    place = scope.place(request.GET.get("within", ""))
    return MatrixForm(
        {"as_of": today.isoformat(), **request.GET.dict()},
        today=today,
        categories=scope.categories,
        places={each.code: each.name for each in scope.places.values()},
        has_areas=bool(scope.areas(place)),
    )


def _counted(gists: list[Gist]) -> dict[str, Any]:
    """How many units there are, stand how, and have no rules."""
    return {
        "counts": counts(gists),
        "total": len(gists),
        "without_rules": sum(one.rule_set_id is None for one in gists),
    }


def _frame(request: PortalRequest, wanted: Asked, form: MatrixForm) -> dict[str, Any]:
    """What all pages about a place show."""
    return {
        "form": form,
        "as_of": wanted.as_of,
        "chosen": wanted,
        "columns": columns(wanted.as_of.year),
        "closing": _closing(request, wanted),
        "search": request.GET.urlencode(),
    }


def _lines(gists: Any, scope: Scope, wanted: Asked, today: dt.date) -> list[Any]:
    rows = list(gists)
    called = scope.called(one.unit_id for one in rows)
    return lines(rows, called, wanted.as_of, _query(wanted.as_of, today))


def _query(as_of: dt.date, today: dt.date) -> str:
    return "" if as_of == today else f"?as_of={as_of.isoformat()}"


def _closing(request: PortalRequest, wanted: Asked) -> Closing | None:
    """The closing of the month that ends on the day, if it is closed; two queries at most."""
    if wanted.as_of != Month.of(wanted.as_of).last:
        return None
    acting = request.access.acting.unit
    if wanted.place.code == acting.code:
        return closing_at(acting, wanted.as_of)
    return closing_at(Unit.objects.get(code=wanted.place.code), wanted.as_of)
