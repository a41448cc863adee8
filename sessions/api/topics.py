"""Topics, as other programs read and set them."""

from typing import Any

import django_filters
from django import forms
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.trail import record_for
from sessions.api.filters import WholeNumber, YesNo
from sessions.api.topic_shapes import RetireInput, TopicChanges, TopicInput, TopicSerializer
from sessions.models import Topic
from sessions.topics import services
from sessions.topics.forms import RetireForm, TopicForm
from units.rest.filtering import Filters, OrderingFilter
from units.rest.judged import require_valid
from units.rest.refusals import StaleError, WrongStateError
from units.rest.replaying import once
from units.rest.resources import Resource

NAMES = {"from_date": "from"}


class TopicFilters(Filters):
    year = WholeNumber(
        field_name="from_date__year", label=_("年度"), min_value=2000, max_value=2100
    )
    level = django_filters.ChoiceFilter(choices=Topic.Level.choices)
    content_group = django_filters.ChoiceFilter(choices=Topic.ContentGroup.choices)
    required = YesNo(label=_("必学"))
    retired = YesNo(field_name="retired_on", lookup_expr="isnull", exclude=True, label=_("已停用"))
    ordering = OrderingFilter(fields=(("from_date", "from"), ("due", "due"), ("name", "name")))

    class Meta:
        model = Topic
        fields = ()


class TopicResource(Resource[Topic]):
    """The whole county's list; the department's administrator keeps it."""

    tag = _("学习内容")
    notes = {  # noqa: RUF012  as the parent declares it
        "create": _("内容相同的已经登记过的，不重复登记，答复 200 和原有的一项。"),
        "partial_update": _("已有学习关联的，改起止日期须带 confirmed: true。"),
        "retire": _("停用后不再要求学习；已关联的学习不变。"),
    }
    queryset = Topic.objects.all()
    serializer_class = TopicSerializer
    filterset_class = TopicFilters
    guarded = frozenset({"partial_update", "retire", "restore"})

    def rows(self) -> QuerySet[Topic]:
        return Topic.objects.prefetch_related("categories").order_by("from_date", "pk")

    @extend_schema(request=TopicInput, responses={200: TopicSerializer, 201: TopicSerializer})
    @once
    def create(self, request: Request) -> Response:
        sent = self.sent(TopicInput)
        form = _judged(sent, None)
        topic, is_new = services.add_topic(
            topic=form.save(commit=False), categories=form.cleaned_data["categories"]
        )
        if is_new:
            after = services.facts(topic)
            record_for(self.portal, action="topic.add", about=topic, after=after)
        response = self.answer(self.rows().get(pk=topic.pk), 201 if is_new else 200)
        response["Location"] = reverse("api_topic", kwargs={"pk": topic.pk})
        return response

    @extend_schema(request=TopicChanges, responses=TopicSerializer)
    def partial_update(self, request: Request, pk: int) -> Response:
        sent = self.sent(TopicChanges)
        with transaction.atomic():
            topic = self.found_unchanged(pk=pk)
            opened, confirmed = services.seal(topic), sent.pop("confirmed", False)
            form = _judged(sent, topic)
            if form.asks_again and not confirmed:
                raise WrongStateError(_asked_again(form.linked))
            changed = form.save(commit=False)
            try:
                before = services.change_topic(
                    topic=changed, categories=form.cleaned_data["categories"], opened=opened
                )
            except services.StaleTopicError as stale:
                raise StaleError from stale
            after = services.facts(changed)
            record_for(self.portal, action="topic.edit", about=changed, before=before, after=after)
        return self.answer(self.found(pk=pk))

    @extend_schema(request=RetireInput, responses=TopicSerializer)
    @once
    def retire(self, request: Request, pk: int) -> Response:
        sent = self.sent(RetireInput)
        topic, today = self.found_unchanged(pk=pk), timezone.localdate()
        reason = require_valid(RetireForm({"reason": sent.get("reason") or ""}))["reason"]
        before = services.facts(topic)
        if services.retire(topic=topic, on=today):
            after = {**before, "retired_on": today, "reason": reason}
            record_for(self.portal, action="topic.retire", about=topic, before=before, after=after)
        return self.answer(self.found(pk=pk))

    @extend_schema(request=None, responses=TopicSerializer)
    @once
    def restore(self, request: Request, pk: int) -> Response:
        topic = self.found_unchanged(pk=pk)
        if services.restore(topic=topic):
            after = services.facts(topic)
            record_for(self.portal, action="topic.restore", about=topic, after=after)
        return self.answer(self.found(pk=pk))


def _judged(sent: dict[str, Any], topic: Topic | None) -> TopicForm:
    """The page's form, filled in and found valid. Raises ValidationError in its words."""
    data: dict[str, Any] = {"required": True} if topic is None else _stored(topic)
    data |= {("from_date" if name == "from" else name): value for name, value in sent.items()}
    form = TopicForm(data, linked=topic.sessions.count() if topic else 0, instance=topic)
    unknown = []
    offered: Any = form.fields["categories"]
    if "categories" in sent:
        known = dict(offered.queryset.values_list("code", "pk"))
        unknown = [code for code in sent["categories"] if code not in known]
        data["categories"] = [known[code] for code in sent["categories"] if code in known]
    for code in unknown:
        said = forms.ValidationError(
            offered.error_messages["invalid_choice"], code="invalid_choice", params={"value": code}
        )
        form.add_error("categories", said)
    require_valid(form, NAMES)
    return form


def _stored(topic: Topic) -> dict[str, Any]:
    stored = {name: getattr(topic, name) for name in services.COLUMNS}
    return stored | {"categories": [each.pk for each in topic.categories.all()]}


def _asked_again(linked: int) -> str:
    return (
        _now(
            "已有 %s 次学习关联到这一项。改了起止日期，不在新日期内的学习不再算按时完成，有关单位的"
            "结论会随之改变；已经封账的月份不变。仍要修改的，请带 confirmed: true。"
        )
        % linked
    )
