"""Units, as other programs read, register and change them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import django_filters
from django.db import transaction
from django.db.models import Max, Prefetch, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.trail import record_for
from units.api.examples import MERGED, NEW_UNIT, RENAMED
from units.api.serializers import UnitSerializer
from units.api.unit_inputs import UnitChanges, UnitInput, facts_in, refusal_of
from units.models import Unit, UnitName
from units.registering import UnitError, UnitFacts, change_unit, register_unit, told_of
from units.rest.filtering import Filters, OrderingFilter, UnitFilter, found_unit
from units.rest.replaying import once
from units.rest.resources import Resource

NAMES = ("name", "short_name")


class UnitFilters(Filters):
    category = django_filters.CharFilter(field_name="category__code", label=_("单位类别的编码"))
    parent = UnitFilter(field_name="parent", label=_("上级单位的编码"))
    ordering = OrderingFilter(fields=("rank_order", "code"))

    class Meta:
        model = Unit
        fields = ("has_group", "party_body")


class UnitResource(Resource[Unit]):
    """Units are named by their codes, which never change."""

    tag = _("单位与成员")
    notes = {  # noqa: RUF012  as the parent declares it
        "create": _("须属于一个上级单位。要求与导入单位名单相同。单位不能删除，撤销的填撤销日期。"),
        "partial_update": _(
            "只改写明的栏目；编码和上级单位不能改。改类别、是否设中心组、成立和撤销日期，"
            "没有封账的月份按新的情况重新考核。"
        ),
    }
    queryset = Unit.objects.all()
    lookup_field = "code"
    serializer_class = UnitSerializer
    filterset_class = UnitFilters

    def rows(self) -> QuerySet[Unit]:
        units = Unit.objects.named(timezone.localdate()).order_by("rank_order", "code")
        names = Prefetch("names", UnitName.objects.order_by("valid_from"))
        return units.select_related("category", "parent", "successor").prefetch_related(names)

    @extend_schema(request=UnitInput, responses={201: UnitSerializer}, examples=[NEW_UNIT])
    @once
    def create(self, request: Request) -> Response:
        sent = self.sent(UnitInput)
        parent = found_unit(self.portal, sent["parent"])
        facts = facts_in(sent, _last_place(parent) + 1)
        try:
            unit = register_unit(facts=facts, parent=parent)
        except UnitError as error:
            raise refusal_of(error) from error
        record_for(self.portal, action="unit.add", about=unit, after=told_of(unit, facts))
        response = self.answer(self.found(code=unit.code), 201)
        response["Location"] = reverse("api_unit", kwargs={"code": unit.code})
        return response

    @extend_schema(request=UnitChanges, responses=UnitSerializer, examples=[RENAMED, MERGED])
    def partial_update(self, request: Request, code: str) -> Response:
        sent = self.sent(UnitChanges)
        with transaction.atomic():
            unit = self.found_unchanged(code=code)
            self._change(unit, sent)
        return self.answer(self.found(code=code))

    def _change(self, unit: Unit, sent: dict[str, Any]) -> None:
        """Writes what differs, with a line in the trail; nothing if nothing does."""
        valid_from: date | None = sent.pop("valid_from", None)
        successor = unit.successor
        if "successor" in sent:
            code = sent.pop("successor")
            successor = found_unit(self.portal, code) if code else None
        stored = _stored(unit, valid_from or timezone.localdate())
        known = facts_in(stored, unit.rank_order)
        before = told_of(unit, known)
        if "name" in sent:  # the short name follows, unless it is sent
            stored["short_name"] = ""
        facts = facts_in(stored | sent, unit.rank_order)
        if facts == known and successor == unit.successor:
            return
        if (facts.name, facts.short_name) == (known.name, known.short_name):
            valid_from = None
        try:
            change_unit(unit=unit, facts=facts, successor=successor, valid_from=valid_from)
        except UnitError as error:
            raise refusal_of(error) from error
        self._record(unit, before, facts, valid_from)

    def _record(
        self, unit: Unit, before: Mapping[str, Any], facts: UnitFacts, valid_from: date | None
    ) -> None:
        after = told_of(unit, facts)
        changed = [name for name in after if after[name] != before[name]]
        noted = {name: after[name] for name in changed}
        if valid_from is not None:
            noted["valid_from"] = valid_from
        record_for(
            self.portal,
            action="unit.change",
            about=unit,
            before={name: before[name] for name in changed},
            after=noted,
        )


def _last_place(parent: Unit) -> int:
    return parent.children.aggregate(last=Max("rank_order"))["last"] or 0


def _stored(unit: Unit, on: date) -> dict[str, Any]:
    """The unit in the words of the API, named as on the day."""
    stored = {name: getattr(unit, name) for name in UnitFacts.__dataclass_fields__}
    names = unit.names.filter(valid_from__lte=on).order_by("-valid_from").values(*NAMES).first()
    return stored | {"category": unit.category.code} | (names or {})
