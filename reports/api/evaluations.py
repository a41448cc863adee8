"""What every unit had done and owed at the end of a day, as other programs read it."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any, ClassVar, Final, cast

import django_filters
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from reports.api.evaluation_serializers import EvaluationSerializer
from reports.api.judged import CLOSED, LIVE, of_closing, of_records
from reports.api.names import names_for
from reports.closing import closing_at
from reports.compliance.forms import AsOfForm
from reports.evaluation import evaluate
from reports.models import ClosedUnit, Closing
from reports.stored import StoredEvaluations
from units.models import Unit
from units.querysets import UnitQuerySet
from units.rest.filtering import Filters, found_unit
from units.rest.resources import Resource

_BASES: Final = [(LIVE, _("按现有记录计算")), (CLOSED, _("封账数据"))]
_AS_OF: Final = _("统计截至哪一天（2026-06-30），默认今天。")
_BASIS: Final = _("live（默认）按现有记录计算；closed 取封账数据，as_of 须为已封账月份的最后一天。")
_ASKED: Final = [
    OpenApiParameter("as_of", dt.date, description=str(_AS_OF)),
    OpenApiParameter("basis", str, enum=[LIVE, CLOSED], description=str(_BASIS)),
]


class EvaluationFilters(Filters):
    """``as_of`` and ``basis`` choose no units; they say how those chosen are judged."""

    as_of = django_filters.DateFilter(method="untouched", label=_AS_OF)
    basis = django_filters.ChoiceFilter(choices=_BASES, method="untouched", label=_BASIS)
    unit = django_filters.CharFilter(method="only", label=_("单位的编码"))
    category = django_filters.CharFilter(field_name="category__code", label=_("单位类别的编码"))

    def untouched(self, units: QuerySet[Unit], name: str, value: object) -> QuerySet[Unit]:
        return units

    def only(self, units: QuerySet[Unit], name: str, value: str) -> QuerySet[Unit]:
        request: Any = self.request
        return units.filter(pk=found_unit(request._request, value).pk)


class EvaluationResource(Resource[Unit]):
    """A page evaluates its own units and no others."""

    tag = _("考核结果与报表")
    notes: ClassVar = {
        "list": _(
            "按单位排序列出本年有学习任务的单位，各项结果附计算依据。"
            "默认按现有记录计算，与单位完成情况页和月度总览的数字一致，已封账月份的最后一天也是如此；"
            "要封账时的数字（与已发出的汇总表和邮件一致）请用 basis=closed。"
            "单位在该年尚未成立的不列出。每页逐个单位计算，page_size 越大答复越慢。"
        ),
        "retrieve": _("该年没有学习任务的单位，standing 为 not_applicable，没有各项结果。"),
    }
    words: ClassVar = {"retrieve": frozenset({"as_of", "basis"})}
    queryset = Unit.objects.all()
    lookup_field = "code"
    serializer_class = EvaluationSerializer
    filterset_class = EvaluationFilters

    def list(self, request: Request) -> Response:
        as_of, basis = self._day(), self._basis()
        year = dt.date(as_of.year, 1, 1), dt.date(as_of.year, 12, 31)
        units = self.filter_queryset(self.get_queryset())
        if basis == CLOSED:
            own = self.portal.access.acting.unit
            kept = _kept(self._closing(own, as_of), units)
            page: Any = self.paginate_queryset(cast(Any, kept))
            return self.get_paginated_response(_closed(page))
        assert isinstance(units, UnitQuerySet)  # noqa: S101  narrowed, never another kind
        due = units.with_group().existing_in(*year).named(as_of).order_by("rank_order", "code")
        shown = self.paginate_queryset(due)
        return self.get_paginated_response(list(self._live(shown or [], as_of)))

    @extend_schema(parameters=_ASKED)
    def retrieve(self, request: Request, **lookup: Any) -> Response:
        return super().retrieve(request, **lookup)

    def rows(self) -> QuerySet[Unit]:
        return Unit.objects.named(timezone.localdate()).order_by("rank_order", "code")

    def shown(self, row: Unit) -> Any:
        as_of = self._day()
        if self._basis() == CLOSED:
            closing = self._closing(row, as_of)
            found = _closed(list(_kept(closing, Unit.objects.filter(pk=row.pk))))
            if found:
                return found[0]
            raise ValidationError({"basis": [_now("封账时该单位没有学习任务，没有留存数据。")]})
        [named] = Unit.objects.filter(pk=row.pk).named(as_of)
        return next(self._live([named], as_of))

    def _live(self, units: Sequence[Unit], as_of: dt.date) -> Iterator[dict[str, Any]]:
        ids = [unit.pk for unit in units]
        names = names_for(ids, as_of, self.portal.access.acting) if ids else None
        judged = {one.unit_id: one for one in evaluate(Unit.objects.filter(pk__in=ids), as_of)}
        for unit in units:
            head = _head(unit.code, getattr(unit, "short_name", None) or unit.code, as_of)
            if names is not None:
                yield head | of_records(judged.get(unit.pk), names)

    def _closing(self, unit: Unit, as_of: dt.date) -> Closing:
        """Raises PermissionDenied for those who see no closed months, ValidationError for none."""
        if not self.portal.access.acting.covers_subtree:
            raise PermissionDenied(_now("您的角色不能查看封账数据；请去掉 basis=closed。"))
        closing = closing_at(unit, as_of)
        if closing is None:
            said = _now("%s 不是已封账月份的最后一天，没有封账数据。") % as_of.isoformat()
            raise ValidationError({"basis": [said]})
        return closing

    def _day(self) -> dt.date:
        """Raises ValidationError, in the words of the pages, for what is no day up to today."""
        asked = self.request.query_params.get("as_of", "")
        form = AsOfForm({"as_of": asked}, today=timezone.localdate())
        if not form.is_valid():
            raise ValidationError({name: [*said] for name, said in form.errors.items()})
        day: dt.date = form.cleaned_data["as_of"]
        return day

    def _basis(self) -> str:
        basis = self.request.query_params.get("basis") or LIVE
        if basis not in dict(_BASES):
            raise ValidationError({"basis": [_now("请填 live 或 closed。")]})
        return basis


def _head(code: str, name: str, as_of: dt.date) -> dict[str, Any]:
    return {"unit": code, "name": name, "as_of": as_of.isoformat()}


def _kept(closing: Closing, units: QuerySet[Unit]) -> QuerySet[ClosedUnit]:
    """Those of the units that owed anything, in the order of that time."""
    held = closing.units.filter(unit__in=units.order_by().values("pk")).exclude(held={})
    whole = held.select_related("unit", "closing").order_by("position")
    return whole.defer("sessions", "members", "attendance", "mail")


def _closed(rows: Sequence[ClosedUnit]) -> list[dict[str, Any]]:
    """Units of one closing; three queries, and two for each rule set."""
    if not rows:
        return []
    closing = rows[0].closing
    units = Unit.objects.filter(pk__in=[row.unit_id for row in rows])
    stored = StoredEvaluations(closing.as_of, closing, units)
    return [
        _head(row.unit.code, row.short_name, closing.as_of)
        | of_closing(stored.of(row.unit_id), closing)
        for row in rows
    ]
