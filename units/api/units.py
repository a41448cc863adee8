"""Units, as other programs read them."""

import django_filters
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from units.api.serializers import UnitSerializer
from units.models import Unit
from units.rest.filtering import Filters, OrderingFilter, UnitFilter
from units.rest.resources import Resource


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
    queryset = Unit.objects.all()
    lookup_field = "code"
    serializer_class = UnitSerializer
    filterset_class = UnitFilters

    def rows(self) -> QuerySet[Unit]:
        units = Unit.objects.named(timezone.localdate()).order_by("rank_order", "code")
        return units.select_related("category", "parent", "successor")
