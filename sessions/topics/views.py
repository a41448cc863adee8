"""Pages of topics: the year's list, one topic to add or change, its retirement."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.trail import record_for
from sessions.models import HANDED_IN, StudySession, Topic
from sessions.topics import services
from sessions.topics.forms import FilterForm, RetireForm, TopicForm
from sessions.topics.services import StaleTopicError
from units.access.objects import find, reachable
from units.access.requests import PortalRequest
from units.access.roles import Role


@require_safe
def topic_list(request: PortalRequest) -> HttpResponse:
    today, acting = timezone.localdate(), request.access.acting
    asked = request.GET if request.GET.get("year") else {"year": str(today.year)}
    form = FilterForm(asked, today=today)
    form.is_valid()
    rows = reachable(request, Topic.objects.prefetch_related("categories"))
    rows = rows.filter(from_date__year=form.cleaned_data.get("year") or today.year)
    if level := form.cleaned_data.get("level"):
        rows = rows.filter(level=level)
    seen = StudySession.objects.visible_to(acting).filter(status__in=HANDED_IN).values("pk")
    reported = Q(sessions__in=seen)
    counted = rows.annotate(
        session_count=Count("sessions", filter=reported, distinct=True),
        unit_count=Count("sessions__unit", filter=reported, distinct=True),
    )
    context = {
        "filter": form,
        "topics": counted.order_by("retired_on", "from_date", "pk"),
        "may_write": acting.role == Role.DEPARTMENT_ADMIN,
        "today": today,
    }
    return render(request, "sessions/topics/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def topic_new(request: PortalRequest) -> HttpResponse:
    form = TopicForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _page(request, form)
    with transaction.atomic():
        topic, is_new = services.add_topic(
            topic=form.save(commit=False), categories=form.cleaned_data["categories"]
        )
        if is_new:
            record_for(request, action="topic.add", about=topic, after=services.facts(topic))
    said = _("已新增“%s”。") if is_new else _("“%s”此前已经登记，没有重复存。")
    messages.success(request, said % topic.name)
    return redirect("topic_list")


@require_http_methods(["GET", "HEAD", "POST"])
def topic_edit(request: PortalRequest, pk: int) -> HttpResponse:
    topic = find(request, Topic.objects.all(), pk=pk)
    linked = topic.sessions.count()
    opened = request.POST.get("seal", "") if request.method == "POST" else services.seal(topic)
    posted = request.POST if request.method == "POST" else None
    form = TopicForm(posted, instance=topic, linked=linked)
    if not form.is_valid():
        return _page(request, form, topic=topic, seal=opened)
    if form.asks_again and "confirmed" not in request.POST:
        return _page(request, form, topic=topic, seal=opened, asks_again=True)
    changed = form.save(commit=False)
    try:
        with transaction.atomic():
            before = services.change_topic(
                topic=changed, categories=form.cleaned_data["categories"], opened=opened
            )
            after = services.facts(changed)
            record_for(request, action="topic.edit", about=changed, before=before, after=after)
    except StaleTopicError as stale:
        return _conflict(request, form, stale.stored)
    messages.success(request, _("已保存。"))
    return redirect("topic_list")


@require_POST
def topic_retire(request: PortalRequest, pk: int) -> HttpResponse:
    topic, today = find(request, Topic.objects.all(), pk=pk), timezone.localdate()
    form = RetireForm(request.POST)
    if not form.is_valid():
        for fault in form.errors["reason"]:
            messages.error(request, _("没有停用。停用原因：%s") % fault)
        return redirect("topic_edit", pk=pk)
    with transaction.atomic():
        before = services.facts(topic)
        if services.retire(topic=topic, on=today):
            after = {**before, "retired_on": today, "reason": form.cleaned_data["reason"]}
            record_for(request, action="topic.retire", about=topic, before=before, after=after)
    messages.success(request, _("“%s”已停用，不再要求学习。") % topic.name)
    return redirect("topic_list")


@require_POST
def topic_restore(request: PortalRequest, pk: int) -> HttpResponse:
    topic = find(request, Topic.objects.all(), pk=pk)
    with transaction.atomic():
        if services.restore(topic=topic):
            record_for(request, action="topic.restore", about=topic, after=services.facts(topic))
    messages.success(request, _("“%s”已恢复。") % topic.name)
    return redirect("topic_list")


def _conflict(request: PortalRequest, form: TopicForm, stored: Topic) -> HttpResponse:
    """What was typed stays in the form; beside it what somebody else has saved meanwhile."""
    theirs = TopicForm(instance=stored, linked=form.linked)
    differing = [
        (bound.label, _said(form, bound.name), _said(theirs, bound.name))
        for bound in form
        if _said(form, bound.name) != _said(theirs, bound.name)
    ]
    seal = services.seal(stored)
    return _page(request, form, topic=stored, seal=seal, differing=differing, status=409)


def _said(form: TopicForm, name: str) -> str:
    """A field's value in words."""
    value: Any = form[name].value()
    if isinstance(value, bool):
        return _("是") if value else _("否")
    choices: Any = getattr(form.fields[name], "choices", ())
    words = {str(key): str(label) for key, label in choices}
    values = value if isinstance(value, list | tuple) else [value]
    keys = (str(getattr(one, "pk", one if one is not None else "")) for one in values)
    return "、".join(words.get(key, key) for key in keys)


def _page(request: PortalRequest, form: TopicForm, **context: Any) -> HttpResponse:
    status = context.pop("status", 400 if form.errors else 200)
    context |= {"form": form, "linked": form.linked, "retire": RetireForm()}
    return render(request, "sessions/topics/form.html", context, status=status)
