"""Circulars as they are read: the list, one of them, its figures, its attachment, its file."""

import io
from typing import Any

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.trail import record_for
from reports.circulars.basis import closed_units, is_outdated, rollup_of, unit_ids_of
from reports.circulars.explaining import own_line
from reports.circulars.figures import figure_table, figures_of
from reports.circulars.listing import offers_of
from reports.circulars.paper import circular_paper
from reports.circulars.reading import (
    addable_problems,
    explanations_by_unit,
    names_of,
    passages_of,
    session_lines,
)
from reports.circulars.services import wrote
from reports.circulars.situation import situation_from_json
from reports.circulars.steps import CIRCULAR_STEPS
from reports.circulars.table import HEADINGS, printed_rows
from reports.circulars.wording import annex_title, text_of
from reports.models import Circular, CircularPaper
from units.access.objects import find, reachable
from units.access.requests import PortalRequest
from units.access.roles import DEPARTMENT_ROLES, Role
from units.models import Unit
from units.workbooks import safe_name

PAGE_LENGTH = 50
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def found(request: PortalRequest, pk: int) -> Circular:
    """The circular at the address, as far as the role may see it."""
    rows = Circular.objects.select_related("root", "closing", "supersedes", "approved_by")
    return find(request, rows, pk=pk)


def is_department(request: PortalRequest) -> bool:
    """Whether the role writes circulars."""
    return request.access.acting.role in DEPARTMENT_ROLES


@require_safe
def circular_list(request: PortalRequest) -> HttpResponse:
    acting, today = request.access.acting, timezone.localdate()
    seen = reachable(request, Circular.objects.all()).defer("situation")
    page = Paginator(seen, PAGE_LENGTH).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "offers": offers_of(acting.unit, today) if is_department(request) else [],
        "is_unit": not acting.covers_subtree,
    }
    return render(request, "reports/circulars/list.html", context)


@require_safe
def circular_detail(request: PortalRequest, pk: int) -> HttpResponse:
    circular = found(request, pk)
    if not request.access.acting.covers_subtree and not circular.is_out:
        return _own_page(request, circular)
    passages, names = passages_of(circular), names_of(circular)
    writes = is_department(request)
    steps = {kind.value for kind, step in CIRCULAR_STEPS.items() if circular.status in step.states}
    context = {
        "circular": circular,
        "text": text_of(circular, passages, names),
        "annex": annex_title(circular.year, circular.period),
        "is_unit": not request.access.acting.covers_subtree,
        "is_department": writes,
        "may": _may(request, circular, steps),
        "is_outdated": is_outdated(circular),
        "successor": _successor(circular),
    }
    situation = situation_from_json(circular.situation)
    if request.access.acting.covers_subtree:
        context["figures"] = figures_of(situation)
    if writes:
        context["addable"] = addable_problems(passages, situation) if "edit" in steps else []
        events = list(circular.events.select_related("by"))
        explained = {event.unit_id for event in events if event.unit_id is not None}
        context |= {"events": events, "explained": len(explained)}
    return render(request, "reports/circulars/detail.html", context)


def _successor(circular: Circular) -> Circular | None:
    """The circular that took this one's place."""
    if circular.status != Circular.Status.SUPERSEDED:
        return None
    return circular.successors.filter(status__in=Circular.OUT).first()


def _may(request: PortalRequest, circular: Circular, steps: set[str]) -> set[str]:
    """The steps the page offers; the policy and the services ask again."""
    role = request.access.acting.role
    if role == Role.AUDITOR:
        return steps - {"approve", "send_back", "issue"}
    if role == Role.DEPARTMENT_ADMIN:
        own = "approve" in steps and wrote(circular, request.access.user)
        return steps - {"approve"} if own else steps
    return steps & {"approve", "send_back"} if role == Role.COUNTY_LEADER else set()


def _own_page(request: PortalRequest, circular: Circular) -> HttpResponse:
    """What a unit sees before the circular is issued: its own line."""
    acting, now = request.access.acting, timezone.localtime()
    context = {
        "circular": circular,
        "line": own_line(circular, acting.unit, now),
        "explanation": circular.explanations.filter(unit=acting.unit).first(),
        "may_explain": acting.role == Role.CLERK
        and circular.explain_by is not None
        and circular.explain_by >= now.date(),
    }
    return render(request, "reports/circulars/own.html", context)


@require_safe
def circular_table(request: PortalRequest, pk: int) -> HttpResponse:
    """The attachment, page by page, for the department with what units say beside their lines."""
    circular = found(request, pk)
    units = closed_units(circular.closing, circular.root)
    page = Paginator(unit_ids_of(units), PAGE_LENGTH).get_page(request.GET.get("page"))
    shown = list(page)
    data = rollup_of(circular, timezone.localtime(), units.filter(unit__in=shown))
    said = explanations_by_unit(circular, shown) if is_department(request) else {}
    context = {
        "circular": circular,
        "annex": annex_title(circular.year, circular.period),
        "headings": HEADINGS,
        "page": page,
        "rows": [
            {"cells": _numbered(row, place), "said": said.get(key)}
            for place, key, row in zip(
                range(page.start_index(), page.end_index() + 1),
                shown,
                printed_rows(data),
                strict=True,
            )
        ],
        "is_department": is_department(request),
    }
    return render(request, "reports/circulars/table.html", context)


def _numbered(row: list[str], place: int) -> list[Any]:
    """The row with its number in the whole table instead of the page's."""
    return list(zip(HEADINGS, [str(place), *row[1:]], strict=True))


@require_safe
def circular_figure(request: PortalRequest, pk: int, key: str) -> HttpResponse:
    """Which units are behind a figure."""
    circular = found(request, pk)
    table = figure_table(circular, key, timezone.localtime())
    if table is None:
        raise Http404
    page = Paginator(table.lines, PAGE_LENGTH).get_page(request.GET.get("page"))
    codes = dict(
        Unit.objects.filter(pk__in=[line.unit_id for line in page]).values_list("pk", "code")
    )
    context = {
        "circular": circular,
        "table": table,
        "page": page,
        "lines": [
            (line.name, codes[line.unit_id], list(zip(table.headings, line.cells, strict=True)))
            for line in page
        ],
    }
    return render(request, "reports/circulars/figure.html", context)


@require_safe
def circular_unit(request: PortalRequest, pk: int, code: str) -> HttpResponse:
    """The sessions of a unit as its month was closed: the rows behind its numbers."""
    circular = found(request, pk)
    unit = closed_units(circular.closing, circular.root).filter(unit__code=code).first()
    if unit is None:
        raise Http404
    lines = session_lines(unit)
    context = {"circular": circular, "unit": unit, "code": code, "lines": lines}
    return render(request, "reports/circulars/unit.html", context)


@require_safe
def circular_paper_file(request: PortalRequest, pk: int) -> HttpResponseBase:
    """The Word file: the one that was issued, or what it would be now."""
    circular = found(request, pk)
    if not (circular.is_out or request.access.acting.covers_subtree):
        raise Http404  # a unit to which the draft is open sees its own line alone
    kept = CircularPaper.objects.filter(circular=circular).first()
    if kept is not None:
        data, name = bytes(kept.data), f"{circular.title}（{circular.number}）"
    else:
        now = timezone.localtime()
        data = circular_paper(circular, passages_of(circular), names_of(circular), now)
        name = f"{circular.title}（{circular.get_status_display()}）"
    record_for(request, action="export.circular", about=circular, after={"bytes": len(data)})
    file_name = safe_name(name, ".docx")
    return FileResponse(io.BytesIO(data), as_attachment=True, filename=file_name, content_type=WORD)
