"""Pages on which a circular is written."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.trail import record_for
from reports.circulars import drafting
from reports.circulars.basis import CircularError, period_of, take_basis
from reports.circulars.forms import (
    HeadForm,
    PracticeForm,
    ProblemForm,
    ReasonForm,
    RequirementForm,
)
from reports.circulars.problems import JUDGED
from reports.circulars.reading import addable_problems, choosable
from reports.circulars.situation import situation_from_json
from reports.circulars.step_page import Step, Words, run
from reports.circulars.views import found
from reports.models import Circular, CircularEvent, CircularPassage, Closing
from reports.sitins.services import Act
from reports.sitins.step_page import act_of
from units.access.objects import find
from units.access.requests import PortalRequest

Kind, Section = CircularEvent.Kind, CircularPassage.Section
METHODS = ["GET", "HEAD", "POST"]
HEAD = ("title", "addressee", "sender", "remarks")


@require_POST
def circular_begin(request: PortalRequest, pk: int) -> HttpResponse:
    """A draft from the closing at the address."""
    closing = find(request, Closing.objects.select_related("root"), pk=pk)
    try:
        with transaction.atomic():
            circular = drafting.begin_circular(
                root=closing.root,
                sender=_sender(closing),
                year=closing.as_of.year,
                period=period_of(closing),
                act=act_of(request),
            )
            after = {"closing": circular.closing_id, "checksum": circular.checksum}
            record_for(request, action="circular.begin", about=circular, after=after)
    except CircularError as refusal:
        messages.error(request, str(refusal))
        return redirect("circular_list")
    messages.success(request, _("已起草，总体情况和问题类型已由封账数据写出，请补充其余内容。"))
    return redirect("circular_detail", pk=circular.pk)


def _sender(closing: Closing) -> str:
    """The department's full name of that time."""
    return closing.units.filter(unit=closing.root_id).values_list("name", flat=True).first() or ""


@require_http_methods(METHODS)
def circular_edit(request: PortalRequest, pk: int) -> HttpResponse:
    circular = found(request, pk)

    def form_of(row: Circular, data: Any = None) -> HeadForm:
        return HeadForm(data, initial={name: getattr(row, name) for name in HEAD})

    form = form_of(circular, request.POST if request.method == "POST" else None)

    def save(act: Act) -> None:
        drafting.edit_head(circular=circular, values=form.cleaned_data, act=act)

    words = Words(_("修改标题和总体情况"), _("保存"), _("已保存。"))
    return run(request, circular, form, Step(Kind.EDIT, words, circular.version, save, form_of))


@require_http_methods(METHODS)
def circular_passage_new(request: PortalRequest, pk: int, section: str) -> HttpResponse:
    """Another point; a problem's type is named in the address."""
    circular = found(request, pk)
    if section not in Section.values:
        raise Http404
    passage = CircularPassage(circular=circular, section=section)
    if section == Section.PROBLEM:
        passage.problem = request.GET.get("problem", "")
        situation = situation_from_json(circular.situation)
        addable = addable_problems(list(circular.passages.all()), situation)
        if passage.problem not in dict(addable):
            raise Http404
        passage.position = CircularPassage.Problem.values.index(passage.problem)
    return _write(request, circular, passage)


@require_http_methods(METHODS)
def circular_passage(request: PortalRequest, pk: int, passage_pk: int) -> HttpResponse:
    circular = found(request, pk)
    return _write(request, circular, _passage(circular, passage_pk))


@require_POST
def circular_passage_remove(request: PortalRequest, pk: int, passage_pk: int) -> HttpResponse:
    circular = found(request, pk)
    passage = circular.passages.filter(pk=passage_pk).first()
    if passage is None:  # a second click
        messages.info(request, _("这一条此前已经删去。"))
        return redirect("circular_detail", pk=pk)

    def save(act: Act) -> None:
        drafting.remove_passage(circular=circular, passage=passage, act=act)

    def form_of(row: Any) -> forms.Form:
        return forms.Form()

    words = Words(_("删去“%s”") % passage, _("删去"), _("已删去。"))
    step = Step(Kind.EDIT, words, circular.version, save, form_of)
    return run(request, circular, forms.Form(request.POST), step)


@require_http_methods(METHODS)
def circular_take_over(request: PortalRequest, pk: int) -> HttpResponse:
    """Takes the figures of the closing that stands now."""
    circular = found(request, pk)

    def form_of(row: Any, data: Any = None) -> forms.Form:
        return forms.Form(data)

    def save(act: Act) -> None:
        basis = take_basis(circular.root, circular.year, circular.period, act.at)
        drafting.take_over(circular=circular, basis=basis, act=act)

    words = Words(
        _("改用新的封账数据"), _("改用新数据"), _("已改用新的封账数据，请核对问题和点名。")
    )
    step = Step(Kind.TAKE_OVER, words, circular.version, save, form_of)
    step.more["note"] = _(
        "总体情况、问题类型和附件按重新封账的数据改写；不再有该问题的单位不再点名。文字说明保留。"
    )
    form = form_of(circular, request.POST if request.method == "POST" else None)
    return run(request, circular, form, step)


@require_http_methods(METHODS)
def circular_discard(request: PortalRequest, pk: int) -> HttpResponse:
    circular = found(request, pk)

    def form_of(row: Any, data: Any = None) -> ReasonForm:
        return ReasonForm(data)

    form = form_of(circular, request.POST if request.method == "POST" else None)

    def save(act: Act) -> None:
        drafting.discard(circular=circular, reason=form.cleaned_data["reason"], act=act)

    words = Words(_("作废草稿"), _("作废"), _("已作废，仍留在记录里。"))
    step = Step(Kind.DISCARD, words, circular.version, save, form_of)
    return run(request, circular, form, step)


def _passage(circular: Circular, pk: int) -> CircularPassage:
    passage = circular.passages.filter(pk=pk).first()
    if passage is None:
        raise Http404
    return passage


def _write(request: PortalRequest, circular: Circular, passage: CircularPassage) -> HttpResponse:
    """Adds the passage, or changes it."""

    def form_of(row: Any, data: Any = None) -> forms.Form:
        stored = passage if row is circular else _again(passage)
        return _form(circular, stored, data)

    form = form_of(circular, request.POST if request.method == "POST" else None)

    def save(act: Act) -> None:
        values = {name: value for name, value in form.cleaned_data.items() if name != "units"}
        units = list(form.cleaned_data.get("units") or ())
        drafting.write_passage(
            circular=circular, passage=passage, values=values, units=units, act=act
        )

    title = passage.get_problem_display() or passage.get_section_display()
    words = Words(str(title), _("保存"), _("已保存。"))
    step = Step(Kind.EDIT, words, circular.version, save, form_of)
    step.more["removable"] = passage if passage.pk else None
    step.more["pending"] = _pending(circular, passage)
    return run(request, circular, form, step)


def _again(passage: CircularPassage) -> CircularPassage:
    """The passage as somebody else has stored it; as it was if it is gone."""
    return CircularPassage.objects.filter(pk=passage.pk).first() or passage


def _form(circular: Circular, passage: CircularPassage, data: Any) -> forms.Form:
    names = ("title", "text", "position", "naming", "due")
    initial: dict[str, Any] = {name: getattr(passage, name) for name in names}
    if passage.pk is None:
        same = circular.passages.filter(section=passage.section)
        initial["position"] = max([each.position for each in same], default=0) + 1
    else:
        initial["units"] = [unit.pk for unit in passage.units.all()]
    if passage.section == Section.REQUIREMENT:
        return RequirementForm(data, since=circular.closing.as_of, initial=initial)
    if passage.section == Section.PRACTICE:
        return PracticeForm(data, units=choosable(circular), initial=initial)
    behind = situation_from_json(circular.situation).behind(passage.problem)
    is_judged = passage.problem in JUDGED
    among = None if is_judged else [each.unit_id for each in behind.missed]
    return ProblemForm(
        data,
        problem=passage.problem,
        units=choosable(circular, among),
        needs_title=passage.problem == CircularPassage.Problem.OTHER,
        initial=initial,
    )


def _pending(circular: Circular, passage: CircularPassage) -> int:
    """How many units were late on the day but still had time."""
    if passage.section != Section.PROBLEM:
        return 0
    return len(situation_from_json(circular.situation).behind(passage.problem).pending)
