"""The audit trail, for those who read it on its page, with as much disclosed."""

from typing import TYPE_CHECKING, Any, ClassVar, cast

import django_filters
from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import AuditEvent
from accounts.trail import record_for
from portal.api.counting import TrailPages
from portal.trail.forms import TrailForm
from portal.trail.lines import lines_of
from portal.trail.paging import newest_first
from units.administration.supervision import TrailQuerySet, trail
from units.rest.filtering import Filters
from units.rest.resources import Resource

if TYPE_CHECKING:
    from django import forms


class ChangeSerializer(serializers.Serializer[Any]):
    """One value before and after, in words; of what was studied a fingerprint."""

    name = serializers.CharField(source="label", help_text=_("栏目"))
    before = serializers.CharField()
    after = serializers.CharField()


class TrailLineSerializer(serializers.Serializer[Any]):
    """One line of the trail, in the words of its page."""

    id = serializers.IntegerField(source="pk")
    at = serializers.DateTimeField()
    who = serializers.CharField(help_text=_("姓名（账号）；未登录或系统也写明。"))
    role = serializers.CharField()
    unit = serializers.CharField()
    address = serializers.CharField(help_text=_("来源地址"))
    action = serializers.CharField()
    object_type = serializers.CharField(source="kind", help_text=_("可用于 kind 筛选"))
    object_id = serializers.CharField(source="number", help_text=_("可用于 number 筛选"))
    about = serializers.CharField(help_text=_("对象"))
    result = serializers.CharField()
    changes = ChangeSerializer(many=True)
    request_id = serializers.CharField()
    digest = serializers.CharField(help_text=_("校验值：与上一条相连。"))


class EventFilters(Filters):
    """The fields of the page's form, which judges them and knows what they mean."""

    first = django_filters.DateFilter(label=_("从哪一天（含）"))
    last = django_filters.DateFilter(label=_("到哪一天（含）"))
    who = django_filters.CharFilter(label=_("姓名或账号中的字"))
    action = django_filters.CharFilter(label=_("操作的代码，如 session.submit"))
    unit = django_filters.CharFilter(label=_("单位的编码，或名称中的字"))
    result = django_filters.ChoiceFilter(choices=AuditEvent.Result.choices, label=_("结果"))
    kind = django_filters.CharFilter(label=_("对象的类别"))
    number = django_filters.CharFilter(label=_("对象的编号，与 kind 同用"))

    @cached_property
    def form(self) -> "forms.Form":
        return TrailForm(self.data)

    def filter_queryset(self, queryset: QuerySet[AuditEvent]) -> QuerySet[AuditEvent]:
        return cast(TrailForm, self.form).narrow(cast(TrailQuerySet, queryset))


class EventResource(Resource[AuditEvent]):
    tag = _("审计日志")
    notes: ClassVar = {
        "list": _(
            "最新的在前；范围、筛选和显示的内容与“审计日志”页面相同，每次读取留痕。"
            "日志不断增加，逐页读取时请用 last 限定到昨天，页码才不会移动。"
        )
    }
    queryset = trail()
    serializer_class = TrailLineSerializer
    filterset_class = EventFilters
    pagination_class = TrailPages

    def rows(self) -> QuerySet[AuditEvent]:
        return newest_first(trail())

    def list(self, request: Request) -> Response:
        rows = self.filter_queryset(self.get_queryset())
        page = self.paginate_queryset(rows)
        asked = {name: word for name, word in request.query_params.items() if word}
        answer = self.get_paginated_response(
            self.get_serializer(list(lines_of(page or [])), many=True).data
        )
        record_for(self.portal, action=self.portal.access.rule.audit, after={"filter": asked})
        return answer
