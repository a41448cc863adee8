"""Lists are narrowed and ordered by declared words only."""

from typing import Any

import django_filters
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from django_filters.rest_framework import DjangoFilterBackend, FilterSet
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.views import APIView

from units.access.objects import find
from units.models import Unit

PAGING = frozenset({"page", "page_size"})


class Filters(FilterSet):
    """The words of one list. ``request`` is the portal's own."""


class OrderingFilter(django_filters.OrderingFilter):
    """``ordering=-date,theme``. Rows that are equal in it come in the order of their ids."""

    def filter(self, qs: QuerySet[Any], value: Any) -> QuerySet[Any]:
        ordered = super().filter(qs, value)
        return ordered.order_by(*ordered.query.order_by, "pk") if value else ordered


class UnitFilter(django_filters.CharFilter):
    """A unit by its code; one out of reach is as absent as a missing one (404)."""

    parent: FilterSet

    def filter(self, qs: QuerySet[Any], value: Any) -> QuerySet[Any]:
        if not value:
            return qs
        request: Any = self.parent.request
        unit = find(request._request, Unit.objects.all(), code=value)
        narrowed: QuerySet[Any] = self.get_method(qs)(**{str(self.field_name): unit})
        return narrowed


class DeclaredFilters(DjangoFilterBackend):
    """Refuses a word that the list does not know, and a value that its word cannot mean."""

    def filter_queryset(
        self, request: Any, queryset: QuerySet[Any], view: APIView
    ) -> QuerySet[Any]:
        filters = self.get_filterset(request, queryset, view)
        known = set(filters.filters) if filters is not None else set()
        refuse_unknown(request, frozenset(known) | PAGING)
        if filters is None:
            return queryset
        if not filters.is_valid():
            raise ValidationError(filters.errors)
        narrowed: QuerySet[Any] = filters.qs
        return narrowed


def refuse_unknown(request: Request, known: frozenset[str]) -> None:
    """Raises ValidationError naming each query parameter that is not among the known ones."""
    errors = {}
    for name in request.query_params:
        if name not in known:
            allowed = "、".join(sorted(known)) or _("无")
            errors[name] = [_("不支持这个参数。可用的参数：%s。") % allowed]
    if errors:
        raise ValidationError(errors)


def found_unit(request: Any, code: str) -> Unit:
    """The unit of a body, by its code. Raises Http404 if it is missing or out of reach."""
    return find(request, Unit.objects.all(), code=code)


def found_row(request: Any, rows: "QuerySet[Any]", pk: int) -> Model:
    """The row that a body names by its id. Raises Http404 if it is missing or out of reach."""
    row: Model = find(request, rows, pk=pk)
    return row
