"""Pages that begin, show, edit, publish and take back schemes."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.trail import has_just_done, record_for
from reports.assessments import schemes
from reports.assessments.audience import audience
from reports.assessments.defaults import TITLE
from reports.assessments.faults import scheme_faults
from reports.assessments.reading import grades_of, rule_title
from reports.assessments.results import said
from reports.assessments.scheme_forms import DEFAULT, NewForm, SchemeEditor
from reports.assessments.schemes import SchemeError, StaleSchemeError
from reports.assessments.scoring import NOTHING, plain
from reports.assessments.sheet_forms import ReasonForm
from reports.models import AssessmentItem, AssessmentScheme
from reports.rulebook.rule_sets.reading import categories_words
from reports.rulebook.years import asked_year
from reports.rules.registry import LOCKED_ITEMS
from units.access.numbers import sent_number
from units.access.objects import find, reachable
from units.access.requests import PortalRequest
from units.access.roles import Role

METHODS = ["GET", "HEAD", "POST"]


def found_scheme(request: PortalRequest, pk: int) -> AssessmentScheme:
    rows = AssessmentScheme.objects.select_related("root", "published_by")
    return find(request, rows.prefetch_related("categories"), pk=pk)


@require_http_methods(METHODS)
def assessment_new(request: PortalRequest) -> HttpResponse:
    year = asked_year(request, timezone.localdate())
    sources = reachable(request, AssessmentScheme.objects.order_by("-year", "title"))
    choices = [(str(one.pk), str(one)) for one in sources]
    last = next((key for key, _title in choices), DEFAULT)
    form = NewForm(
        request.POST if request.method == "POST" else None,
        sources=choices,
        initial={"source": last, "title": TITLE},
    )
    if request.method != "POST" or not form.is_valid():
        status = 400 if form.errors else 200
        context = {"form": form, "year": year}
        return render(request, "reports/assessments/new.html", context, status=status)
    root, title = request.access.acting.unit, form.cleaned_data["title"]
    same = AssessmentScheme.objects.filter(root=root, year=year, title=title).first()
    if same is None:
        same = _begin(request, year, form.cleaned_data)
    else:
        messages.info(request, _("当年已有同名的方案，没有重复建。"))
    return redirect("assessment_scheme" if same.published_at else "assessment_edit", pk=same.pk)


@transaction.atomic
def _begin(request: PortalRequest, year: int, asked: dict[str, Any]) -> AssessmentScheme:
    root, title = request.access.acting.unit, asked["title"]
    if asked["source"] == DEFAULT:
        scheme = schemes.create_default(root=root, year=year, title=title)
    else:
        source = find(request, AssessmentScheme.objects.all(), pk=int(asked["source"]))
        scheme = schemes.copy_scheme(source=source, root=root, year=year, title=title)
    record_for(request, action="assessment.create", about=scheme, after=said(scheme))
    return scheme


@require_safe
def assessment_scheme(request: PortalRequest, pk: int) -> HttpResponse:
    scheme, acting = found_scheme(request, pk), request.access.acting
    context = {
        **_shown(scheme),
        "is_department": acting.role in {Role.AUDITOR, Role.DEPARTMENT_ADMIN},
        "may_write": acting.role == Role.DEPARTMENT_ADMIN,
        "is_new": not scheme.sheets.exists(),
    }
    return render(request, "reports/assessments/scheme.html", context)


def _shown(scheme: AssessmentScheme) -> dict[str, Any]:
    """The scheme in finished values."""
    items = list(scheme.items.all())
    return {
        "scheme": scheme,
        "audience": categories_words(list(scheme.categories.all())),
        "items": [_item(item) for item in items],
        "points": plain(sum((item.points for item in items), NOTHING)),
        "grades": [(grade.word, plain(grade.least)) for grade in grades_of(scheme)],
        "locked": list(LOCKED_ITEMS.values()),
    }


def _item(item: AssessmentItem) -> dict[str, Any]:
    is_data = item.kind == AssessmentItem.Kind.DATA
    return {
        "row": item,
        "points": plain(item.points),
        "rule": rule_title(item) if is_data else "",
        "deduction": plain(item.deduction) if is_data else "",
        "cap": plain(item.cap) if item.cap is not None else "",
    }


@require_http_methods(METHODS)
def assessment_edit(request: PortalRequest, pk: int) -> HttpResponse:
    scheme = found_scheme(request, pk)
    if scheme.published_at is not None:
        messages.info(request, _("“%s”已经发布，不能修改；确需修改的，请先撤回。") % scheme)
        return redirect("assessment_scheme", pk=pk)
    items = list(scheme.items.all())
    editor = SchemeEditor(scheme, items, request.POST if request.method == "POST" else None)
    opened = _opened(request, scheme)
    if request.method != "POST" or not editor.is_valid():
        return _edit_page(request, editor, opened, 400 if editor.faults else 200)
    try:
        _save(request, scheme, editor, opened)
    except StaleSchemeError:
        stored = AssessmentScheme.objects.get(pk=pk)
        theirs = _shown(stored)
        return _edit_page(request, editor, stored.revision, 409, theirs=theirs)
    except (SchemeError, IntegrityError) as error:
        is_twin = isinstance(error, IntegrityError)
        sentence = _("当年已有同名的方案，请换一个名称。") if is_twin else str(error)
        editor.head.add_error("title" if is_twin else None, sentence)
        return _edit_page(request, editor, opened, 400)
    messages.success(request, _("草稿已保存。发布之前单位看不到。"))
    return redirect("assessment_scheme", pk=pk)


@transaction.atomic
def _save(
    request: PortalRequest, scheme: AssessmentScheme, editor: SchemeEditor, opened: int
) -> None:
    before = said(AssessmentScheme.objects.get(pk=scheme.pk))
    schemes.change_draft(
        scheme=scheme,
        changes=editor.changes(),
        categories=editor.head.cleaned_data["categories"],
        items=editor.written(),
        opened=opened,
    )
    after = said(AssessmentScheme.objects.get(pk=scheme.pk))
    record_for(request, action="assessment.edit", about=scheme, before=before, after=after)


def _edit_page(
    request: PortalRequest, editor: SchemeEditor, opened: int, status: int, **more: Any
) -> HttpResponse:
    context = {"editor": editor, "scheme": editor.scheme, "opened": opened,
               "locked": list(LOCKED_ITEMS.values()), **more}  # fmt: skip
    return render(request, "reports/assessments/edit.html", context, status=status)


@require_http_methods(METHODS)
def assessment_publish(request: PortalRequest, pk: int) -> HttpResponse:
    scheme, today = found_scheme(request, pk), timezone.localdate()
    if scheme.published_at is not None:
        messages.info(request, _("“%s”已经发布。") % scheme)
        return redirect("assessment_scheme", pk=pk)
    if request.method == "POST":
        return _publish(request, scheme, today)
    meant = audience(scheme)
    shown = _shown(scheme)
    faults = scheme_faults(scheme, [each["row"] for each in shown["items"]])
    context = {**shown, "meant": meant, "number": len(meant.own), "taken": len(meant.taken),
               "faults": faults, "is_past": scheme.self_due < today}  # fmt: skip
    return render(request, "reports/assessments/publish.html", context)


def _publish(request: PortalRequest, scheme: AssessmentScheme, today: dt.date) -> HttpResponse:
    user = request.access.user
    try:
        with transaction.atomic():
            number = schemes.publish(
                scheme=scheme,
                at=timezone.now(),
                today=today,
                by=user,
                opened=_opened(request, scheme),
            )
            after = {**said(scheme), "units": number}
            record_for(request, action="assessment.publish", about=scheme, after=after)
    except StaleSchemeError:
        messages.error(request, _("草稿刚刚被他人修改，没有发布。请再看一遍下面的内容。"))
        return redirect("assessment_publish", pk=scheme.pk)
    except SchemeError as error:
        for fault in error.faults:
            messages.error(request, fault)
        return redirect("assessment_scheme", pk=scheme.pk)
    messages.success(request, _("方案已发布，%d 个单位可以自查了。") % number)
    return redirect("assessment_sheets", pk=scheme.pk)


@require_http_methods(METHODS)
def assessment_withdraw(request: PortalRequest, pk: int) -> HttpResponse:
    scheme = found_scheme(request, pk)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            with transaction.atomic():
                schemes.withdraw(scheme=scheme, reason=reason)
                record_for(
                    request, action="assessment.withdraw", about=scheme, after={"reason": reason}
                )
        except SchemeError as error:
            messages.error(request, str(error))
            return redirect("assessment_scheme", pk=pk)
        messages.success(request, _("方案已撤回成草稿。修改后重新发布，单位已填的内容仍在。"))
        return redirect("assessment_edit", pk=pk)
    note = _("撤回后单位暂时看不到方案和考评表，已填的内容保留；重新发布后各单位重新报送自查。")
    context = {"scheme": scheme, "form": form, "note": note, "title": _("撤回方案")}
    status = 400 if form.errors else 200
    return render(request, "reports/assessments/reason.html", context, status=status)


@require_POST
def assessment_discard(request: PortalRequest, pk: int) -> HttpResponse:
    action = "assessment.discard"
    try:
        scheme = found_scheme(request, pk)
    except Http404:
        if not has_just_done(request, action=action, model=AssessmentScheme, pk=pk):
            raise
        messages.info(request, _("草稿此前已经删除。"))
        return redirect("assessment_list")
    try:
        with transaction.atomic():
            record_for(request, action=action, about=scheme, before=said(scheme))
            schemes.discard(scheme=scheme)
    except SchemeError as error:
        messages.error(request, str(error))
        return redirect("assessment_scheme", pk=pk)
    messages.success(request, _("草稿已删除。"))
    return redirect("assessment_list")


def _opened(request: PortalRequest, scheme: AssessmentScheme) -> int:
    """The revision somebody saw; what is posted without one has seen none."""
    if request.method != "POST":
        return scheme.revision
    return sent_number(request.POST.get("revision", "")) or 0
