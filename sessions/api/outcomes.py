"""What study led to."""

from typing import ClassVar

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from sessions.api.entries import EntryResource
from sessions.api.entry_shapes import OutcomeChanges, OutcomeInput, OutcomeSerializer
from sessions.api.filters import WholeNumber
from sessions.entries.books import OUTCOMES
from sessions.models import Outcome, Topic
from units.rest.filtering import Filters, OrderingFilter, UnitFilter, found_unit
from units.rest.replaying import once

NEW_OUTCOME = OpenApiExample(
    "new_outcome",
    summary=_("一项转化举措"),
    value={
        "unit": "QS014",
        "kind": "measure",
        "title": "修订工程招投标内控制度",
        "date": "2026-04-10",
        "authors": "局党办、工程科",
        "level": "county",
        "conversion": "《青石县水利局招投标内控制度》，在全局推行",
        "session": 508,
    },
    request_only=True,
)


class OutcomeFilters(Filters):
    unit = UnitFilter(field_name="unit", label=_("单位的编码"))
    kind = django_filters.ChoiceFilter(choices=Outcome.Kind.choices)
    level = django_filters.ChoiceFilter(choices=Topic.Level.choices)
    year = WholeNumber(field_name="date__year", min_value=2000, max_value=2100, label=_("年度"))
    ordering = OrderingFilter(fields=(("date", "date"), ("title", "title"), ("kind", "kind")))

    class Meta:
        model = Outcome
        fields = ()


class OutcomeResource(EntryResource[Outcome]):
    """Kept for reference; by national rule never scored, never ranked."""

    tag = _("学习成果")
    notes = {  # noqa: RUF012  as the parent declares it
        "create": _("同一天同类同名的已经登记过的，不重复登记，答复 200 和原有的一条。"),
    }
    queryset = Outcome.objects.all()
    serializer_class = OutcomeSerializer
    filterset_class = OutcomeFilters
    book = OUTCOMES
    route = "api_outcome"
    changes: ClassVar = OutcomeChanges

    def rows(self) -> QuerySet[Outcome]:
        return Outcome.objects.select_related("unit").order_by("-date", "-pk")

    @extend_schema(
        request=OutcomeInput,
        responses={200: OutcomeSerializer, 201: OutcomeSerializer},
        examples=[NEW_OUTCOME],
    )
    @once
    def create(self, request: Request) -> Response:
        sent = self.sent(OutcomeInput)
        unit = found_unit(self.portal, sent["unit"])
        return self.added(self.form(sent, Outcome(unit=unit), unit))

    @extend_schema(request=OutcomeChanges, responses=OutcomeSerializer)
    def partial_update(self, request: Request, pk: int) -> Response:
        return super().partial_update(request, pk)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, pk: int) -> Response:
        return super().destroy(request, pk)
