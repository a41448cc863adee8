"""One unit's sheet and its steps."""

import datetime as dt
from dataclasses import replace
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from reports.assessments import printed, sheets
from reports.assessments.reading import grades_of, obligations_address, sheet_view
from reports.assessments.sheet_forms import AdjustForm, CheckForm, ReturnForm, SelfForm, TextForm
from reports.assessments.sheets import self_due
from reports.assessments.steps import Step, run
from reports.models import (
    AssessmentEvent,
    AssessmentItem,
    AssessmentResult,
    AssessmentScore,
    AssessmentSheet,
)
from reports.sitins.services import Act
from units.access.objects import find
from units.access.requests import PortalRequest
from units.access.roles import Role

METHODS = ["GET", "HEAD", "POST"]
Status, Kind = AssessmentSheet.Status, AssessmentEvent.Kind
FINAL = frozenset({"hand_in", "finish"})


def found(request: PortalRequest, pk: int) -> AssessmentSheet:
    """The sheet of the address with its unit, its name of today and its scheme."""
    rows = AssessmentSheet.objects.with_unit_name(timezone.localdate())
    return find(request, rows.select_related("unit", "scheme__root", "closing"), pk=pk)


def printed_sheet(
    sheet: AssessmentSheet, result: AssessmentResult | None, *, with_check: bool
) -> printed.Printed:
    """The sheet in words: as published if its results stand, else as it is; two queries.

    Without `with_check` nothing of what the department judged is in it.
    """
    scores = list(AssessmentScore.objects.filter(sheet=sheet))
    behind = obligations_address(sheet)
    if result is not None:
        return printed.of_result(result, scores, behind)
    if not with_check:
        for score in scores:
            score.score, score.reason, score.is_excused = None, "", False
            score.adjusted = None
    items = list(sheet.scheme.items.all())
    grades = grades_of(sheet.scheme)
    return printed.of_sheet(sheet_view(sheet, items, scores, grades=grades, behind=behind))


def shows_check(request: PortalRequest, sheet: AssessmentSheet) -> bool:
    """The department's scores are its own affair until the check is finished."""
    return request.access.acting.covers_subtree or sheet.status == Status.CHECKED


def standing_result(sheet: AssessmentSheet) -> AssessmentResult | None:
    """The published result of the sheet, if it stands; one query."""
    rows = AssessmentResult.objects.filter(sheet=sheet, publication__withdrawn_at=None)
    return rows.select_related("publication").first()


@require_safe
def assessment_sheet(request: PortalRequest, pk: int) -> HttpResponse:
    sheet, today = found(request, pk), timezone.localdate()
    acting = request.access.acting
    result = standing_result(sheet)
    is_department = acting.covers_subtree
    is_clerk = acting.role == Role.CLERK
    is_open = sheet.status == Status.DRAFT and today <= self_due(sheet)
    shows_scores = shows_check(request, sheet)
    context = {
        "sheet": sheet,
        "due": self_due(sheet),
        "result": result,
        "printed": printed_sheet(sheet, result, with_check=shows_scores),
        "events": _events(sheet, with_check=shows_scores),
        "is_department": is_department,
        "shows_scores": shows_scores,
        "may_score": is_clerk and is_open,
        "is_late": sheet.status == Status.DRAFT and not is_open,
        "may_explain": is_clerk and sheet.status == Status.CHECKED and not result
        and not sheet.awaits_reply,
        "may_check": is_department and not result and not is_open,
        "may_reply": is_department and not result and sheet.awaits_reply,
        "may_change": is_department and not result,
    }  # fmt: skip
    return render(request, "reports/assessments/sheet.html", context)


@require_http_methods(METHODS)
def assessment_self(request: PortalRequest, pk: int) -> HttpResponse:
    sheet, today = found(request, pk), timezone.localdate()
    is_final = request.POST.get("do") in FINAL

    def form_of(row: AssessmentSheet, data: Any = None) -> SelfForm:
        items, scores = _rows(row)
        host = request.get_host()
        return SelfForm(data, items=items, scores=scores, is_final=is_final, host=host)

    form = form_of(sheet, request.POST if request.method == "POST" else None)

    def save(act: Act) -> None:
        step = sheets.hand_in if is_final else sheets.save_self
        step(sheet=sheet, entered=form.entered, today=today, act=act)

    done = _("已报送自查评分，等待宣传部检查。") if is_final else _("已保存，还没有报送。")
    step = _step(sheet, (_("自查评分"), _("保存"), done), "self", save, form_of)
    return run(request, sheet, form, _with_scores(step, sheet, form, final=_("报送自查评分")))


@require_http_methods(METHODS)
def assessment_check(request: PortalRequest, pk: int) -> HttpResponse:
    sheet, today = found(request, pk), timezone.localdate()
    # Once the unit has seen the scores, no half of them is kept.
    is_final = request.POST.get("do") in FINAL or sheet.status == Status.CHECKED

    def form_of(row: AssessmentSheet, data: Any = None) -> CheckForm:
        items, scores = _rows(row)
        return CheckForm(data, items=items, scores=scores, is_final=is_final)

    form = form_of(sheet, request.POST if request.method == "POST" else None)

    def save(act: Act) -> None:
        step = sheets.finish_check if is_final else sheets.save_check
        step(sheet=sheet, entered=form.entered, today=today, act=act)

    done = (
        _("检查评分已完成，单位可以看到并提出说明。") if is_final else _("已保存，单位还看不到。")
    )
    step = _step(sheet, (_("检查评分"), _("保存"), done), "check", save, form_of)
    return run(request, sheet, form, _with_scores(step, sheet, form, final=_("完成检查评分")))


@require_http_methods(METHODS)
def assessment_adjust(request: PortalRequest, pk: int, item: int) -> HttpResponse:
    sheet = found(request, pk)
    line = sheet.scheme.items.filter(pk=item).first()
    if line is None or line.kind != AssessmentItem.Kind.DATA:
        raise Http404

    def form_of(row: AssessmentSheet, data: Any = None) -> AdjustForm:
        stored = AssessmentScore.objects.filter(sheet=row, item=line).first()
        initial = {"score": stored.adjusted, "reason": stored.adjust_reason} if stored else {}
        return AdjustForm(data, most=line.points, initial=initial)

    form = form_of(sheet, request.POST if request.method == "POST" else None)

    def save(act: Act) -> None:
        asked = form.cleaned_data
        sheets.adjust(sheet=sheet, item=line, score=asked["score"], reason=asked["reason"], act=act)

    words = (_("例外评分"), _("保存"), _("已保存，并记入考评经过。"))
    step = _step(sheet, words, "adjust", save, form_of)
    view = sheet_view(sheet, [line], [], behind=obligations_address(sheet))
    step.more.update(
        line=printed.of_sheet(view).lines[0],
        note=_("系统核算的项目一般不改。确有特殊情况的，写明理由，系统核算的分数仍会保留。"),
    )
    return run(request, sheet, form, step)


@require_http_methods(METHODS)
def assessment_return(request: PortalRequest, pk: int) -> HttpResponse:
    sheet, today = found(request, pk), timezone.localdate()

    def form_of(row: AssessmentSheet, data: Any = None) -> ReturnForm:
        return ReturnForm(data, today=today, initial={"due": today + dt.timedelta(days=7)})

    form = form_of(sheet, request.POST if request.method == "POST" else None)

    def save(act: Act) -> None:
        asked = form.cleaned_data
        sheets.send_back(sheet=sheet, reason=asked["reason"], due=asked["due"], act=act)

    words = (_("退回自查"), _("退回"), _("已退回，单位可以修改后重新报送。"))
    return run(request, sheet, form, _step(sheet, words, "return", save, form_of, danger=True))


@require_http_methods(METHODS)
def assessment_explain(request: PortalRequest, pk: int) -> HttpResponse:
    words = (_("提出说明"), _("提交说明"), _("已提交，等待宣传部答复。"))
    note = _("对检查评分有不同意见或需要解释的，在结果公布之前写在这里。")
    return _text_step(request, pk, words, "explain", note)


@require_http_methods(METHODS)
def assessment_reply(request: PortalRequest, pk: int) -> HttpResponse:
    words = (_("答复说明"), _("答复"), _("已答复，单位可以看到。"))
    note = _("需要改分的，先到“检查评分”或“例外评分”里修改，再答复。")
    return _text_step(request, pk, words, "reply", note)


def _text_step(
    request: PortalRequest, pk: int, words: tuple[str, str, str], action: str, note: str
) -> HttpResponse:
    sheet = found(request, pk)

    def form_of(row: AssessmentSheet, data: Any = None) -> TextForm:
        return TextForm(data)

    form = form_of(sheet, request.POST if request.method == "POST" else None)

    def save(act: Act) -> None:
        take = sheets.explain if action == "explain" else sheets.reply
        take(sheet=sheet, text=form.cleaned_data["text"], act=act)

    step = _step(sheet, words, action, save, form_of)
    asked = sheet.events.filter(kind=Kind.OBJECT).last() if action == "reply" else None
    step.more.update(note=note, asked=asked)
    return run(request, sheet, form, step)


def _events(sheet: AssessmentSheet, *, with_check: bool) -> list[AssessmentEvent]:
    """The sheet's history; exceptions tell scores, so they are shown where these are."""
    events = sheet.events.select_related("by")
    return list(events if with_check else events.exclude(kind=Kind.ADJUST))


def _rows(sheet: AssessmentSheet) -> tuple[list[AssessmentItem], list[AssessmentScore]]:
    scores = AssessmentScore.objects.filter(sheet=sheet)
    return list(sheet.scheme.items.all()), list(scores)


def _step(
    sheet: AssessmentSheet,
    words: tuple[str, str, str],
    action: str,
    save: Any,
    again: Any,
    *,
    danger: bool = False,
) -> Step:
    title, button, done = words
    back = reverse("assessment_sheet", args=[sheet.pk])
    return Step(title, button, done, f"assessment.{action}", back, save, again, is_danger=danger)


def _with_scores(
    step: Step, sheet: AssessmentSheet, form: SelfForm | CheckForm, *, final: str
) -> Step:
    """The step on the page that shows every item with its fields or with what the data say."""
    is_self = isinstance(form, SelfForm)
    said, fields = printed_sheet(sheet, None, with_check=not is_self), form.fields_by_item()
    step.more.update(
        rows=[(line, fields[line.item]) for line in said.lines if line.item in fields],
        data=[line for line in said.lines if line.is_data],
        printed=said,
        final=final,
        due=self_due(sheet),
        is_self=is_self,
        is_checked=sheet.status == Status.CHECKED,
    )
    return replace(step, template="reports/assessments/scores.html")
