"""Pages that begin, edit and discard drafts of rule sets."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.trail import has_just_done, record_for
from reports import rule_sets
from reports.models import RuleSet
from reports.rule_sets import RuleSetError, StaleDraftError
from reports.rulebook.choosing import name_of, refuse_foreign_units, units_of_year
from reports.rulebook.rule_sets.editor import Editor
from reports.rulebook.rule_sets.forms import ALL, CATEGORIES, UNITS, NewForm
from reports.rulebook.rule_sets.reading import Line, audience_words, compare, whole
from reports.rulebook.years import asked_year
from units.access.numbers import sent_number
from units.access.objects import find, reachable
from units.access.requests import PortalRequest
from units.models import Unit

TITLE_LENGTH = 100


@require_http_methods(["GET", "HEAD", "POST"])
def rule_set_new(request: PortalRequest) -> HttpResponse:
    today = timezone.localdate()
    year = asked_year(request, today)
    refuse_foreign_units(request)
    sources = reachable(request, RuleSet.objects.with_audience(today)).order_by("-year", "title")
    form = NewForm(
        request.POST if request.method == "POST" else None,
        units=units_of_year(request, year, today),
        sources=[(str(one.pk), f"{one}（{audience_words(one)}）") for one in sources],
        initial=_initial(request, year, sources.filter(pk=_source_of(request)).first()),
    )
    if not form.is_valid():
        return _new_page(request, form)
    drafts, is_new = _begin(request, form.cleaned_data)
    if not is_new:
        messages.info(request, _("已有同名、同范围的草稿，没有重复建；请在它上面修改。"))
    elif len(drafts) > 1:
        messages.success(request, _("已建 %(number)s 份草稿。") % {"number": len(drafts)})
        return redirect("rule_set_list")
    return redirect("rule_set_edit", pk=drafts[0].pk)


@require_http_methods(["GET", "HEAD", "POST"])
def rule_set_edit(request: PortalRequest, pk: int) -> HttpResponse:
    today = timezone.localdate()
    rule_set = find(request, RuleSet.objects.with_audience(today), pk=pk)
    if rule_set.published_at is not None:
        messages.info(request, _("“%s”已经发布，不能修改；请照它新建一个版本。") % rule_set)
        return redirect("rule_set_detail", pk=pk)
    refuse_foreign_units(request)
    units = units_of_year(request, rule_set.year, today)
    posted = request.POST if request.method == "POST" else None
    editor = Editor(rule_set, units, posted)
    opened = opened_revision(request, rule_set)
    if not editor.is_valid():
        return _edit_page(request, editor, opened)
    try:
        _save(request, rule_set, editor, opened)
    except StaleDraftError:
        return _conflict(request, editor)
    except RuleSetError as error:
        editor.head.add_error(None, str(error))
        return _edit_page(request, editor, opened)
    messages.success(request, _("草稿已保存。发布之前不影响任何单位。"))
    return redirect("rule_set_detail", pk=pk)


@require_POST
def rule_set_discard(request: PortalRequest, pk: int) -> HttpResponse:
    action = "rule_set.discard"
    try:
        rule_set = find(request, RuleSet.objects.with_audience(timezone.localdate()), pk=pk)
    except Http404:
        if not has_just_done(request, action=action, model=RuleSet, pk=pk):
            raise
        messages.info(request, _("草稿此前已经删除。"))
        return redirect("rule_set_list")
    try:
        with transaction.atomic():
            record_for(
                request,
                action=action,
                about=rule_set,
                before=_as_words(whole(rule_set)),
            )
            rule_sets.discard_draft(rule_set=rule_set)
    except RuleSetError as error:
        messages.error(request, str(error))
        return redirect("rule_set_detail", pk=pk)
    messages.success(request, _("草稿“%s”已删除。") % rule_set)
    return redirect("rule_set_list")


def opened_revision(request: PortalRequest, rule_set: RuleSet) -> int:
    """The revision somebody saw: what was posted, or for a page just opened the stored one.

    Something posted without it has seen none, and conflicts with any.
    """
    if request.method != "POST":
        return rule_set.revision
    return sent_number(request.POST.get("revision", "")) or 0


def _source_of(request: PortalRequest) -> int:
    return sent_number(request.GET.get("source", "")) or 0


def _initial(request: PortalRequest, year: int, source: RuleSet | None) -> dict[str, Any]:
    """A copy starts with its source's audience; a new set from the first of January."""
    start = {"effective_from": dt.date(year, 1, 1), "whom": ALL, "source": "default"}
    if source is None:
        return start | {"title": _("中心组学习考核规则")}
    chosen = [category.pk for category in source.categories.all()]
    narrow = CATEGORIES if chosen else ALL
    return start | {
        "source": str(source.pk),
        "title": source.title,
        "whom": UNITS if source.unit_id else narrow,
        "categories": chosen,
        "units": [source.unit_id] if source.unit_id else [],
    }


@transaction.atomic
def _begin(request: PortalRequest, wanted: dict[str, Any]) -> tuple[list[RuleSet], bool]:
    """The drafts asked for, one for each unit or one for all; an untouched twin instead of two."""
    units: list[Unit | None] = list(wanted["units"] or ()) or [None]
    drafts, is_new = [], False
    for unit in units:
        title = wanted["title"]
        if unit is not None and len(units) > 1:
            title = f"{title}（{name_of(unit)}）"[:TITLE_LENGTH]
        draft = _twin(title, wanted, unit)
        if draft is None:
            draft, is_new = _created(title, wanted, unit), True
            after = {"title": draft.title, "year": draft.year, "version": draft.version}
            record_for(request, action="rule_set.create", about=draft, after=after)
        drafts.append(draft)
    return drafts, is_new


def _twin(title: str, wanted: dict[str, Any], unit: Unit | None) -> RuleSet | None:
    drafts = RuleSet.objects.select_for_update().filter(
        title=title, effective_from=wanted["effective_from"], unit=unit, published_at=None
    )
    categories = {category.pk for category in wanted["categories"]}
    for draft in drafts:
        if set(draft.categories.values_list("pk", flat=True)) == categories:
            return draft
    return None


def _created(title: str, wanted: dict[str, Any], unit: Unit | None) -> RuleSet:
    day, categories = wanted["effective_from"], wanted["categories"]
    if wanted["source"] == "default":
        return rule_sets.create_default(
            year=day.year, title=title, effective_from=day, unit=unit, categories=categories
        )
    return rule_sets.copy_set(
        rule_set=RuleSet.objects.get(pk=wanted["source"]),
        title=title,
        effective_from=day,
        unit=unit,
        categories=categories,
    )


@transaction.atomic
def _save(request: PortalRequest, rule_set: RuleSet, editor: Editor, opened: int) -> None:
    before = whole(rule_set)
    rule_sets.change_draft(
        rule_set=rule_set,
        changes=editor.changes(),
        rules=editor.facts().rules,
        categories=editor.head.cleaned_data["categories"],
        opened=opened,
    )
    changed = compare(before, editor.lines())
    record_for(
        request,
        action="rule_set.edit",
        about=rule_set,
        before={one.title: one.before for one in changed},
        after={one.title: one.after for one in changed},
    )


def _as_words(lines: dict[str, Line]) -> dict[str, str]:
    return {line.title: line.value for line in lines.values()}


def _new_page(request: PortalRequest, form: NewForm) -> HttpResponse:
    status = 400 if form.errors else 200
    return render(request, "reports/rulebook/rule_set_new.html", {"form": form}, status=status)


def _conflict(request: PortalRequest, editor: Editor) -> HttpResponse:
    """What was typed stays in the form; beside it what somebody else has saved meanwhile."""
    rows = RuleSet.objects.with_audience(timezone.localdate())
    stored = rows.get(pk=editor.rule_set.pk)
    differing = compare(whole(stored), editor.lines())
    return _edit_page(request, editor, stored.revision, differing=differing, status=409)


def _edit_page(
    request: PortalRequest, editor: Editor, opened: int, *, status: int = 0, **context: Any
) -> HttpResponse:
    status = status or (400 if editor.faults else 200)
    context |= {"editor": editor, "rule_set": editor.rule_set, "opened": opened}
    return render(request, "reports/rulebook/rule_set_edit.html", context, status=status)
