"""Choosing units and categories on a form, by category and in official order."""

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from units.access.numbers import sent_number
from units.access.objects import find, reachable
from units.access.requests import PortalRequest
from units.models import Category, Unit

if TYPE_CHECKING:
    OneOfModel = forms.ModelChoiceField[Unit]
    SomeOfModel = forms.ModelMultipleChoiceField[Unit]
else:  # Django's own classes take no parameters when run
    OneOfModel, SomeOfModel = forms.ModelChoiceField, forms.ModelMultipleChoiceField

Choices = list[tuple[str, list[tuple[int, str]]]]


class GroupedBoxes(forms.CheckboxSelectMultiple):
    """A box for each unit, folded by category."""

    template_name = "reports/rulebook/boxes.html"


def units_of_year(request: PortalRequest, year: int, today: dt.date) -> QuerySet[Unit]:
    """The units below the acting role's that owe something in the year, with names of the day."""
    existing = Unit.objects.existing_in(dt.date(year, 1, 1), dt.date(year, 12, 31))
    named = existing.with_group().named(today).select_related("category")
    return reachable(request, named.order_by("rank_order", "code"))


def refuse_foreign_units(request: PortalRequest) -> None:
    """A posted unit that the role does not reach is as absent as none at all: 404."""
    sent = (sent_number(key) for key in request.POST.getlist("units"))
    posted = {key for key in sent if key is not None}
    reached = reachable(request, Unit.objects.filter(pk__in=posted)) if posted else ()
    for stranger in posted - {unit.pk for unit in reached}:
        find(request, Unit.objects.all(), pk=stranger)


def name_of(unit: Any) -> str:
    """The short name of the day, if the query has it."""
    return str(getattr(unit, "short_name", None) or unit.code)


def by_category(units: Iterable[Unit]) -> Choices:
    """Choices grouped by category, in official order."""
    groups: dict[str, list[tuple[int, str]]] = {}
    for unit in units:
        groups.setdefault(unit.category.name, []).append((unit.pk, name_of(unit)))
    return list(groups.items())


class UnitsField(SomeOfModel):
    """Several units, as boxes."""

    def __init__(self, units: QuerySet[Unit], **options: Any) -> None:
        super().__init__(queryset=units, widget=GroupedBoxes, **options)
        self.choices: Any = by_category(units)


class UnitField(OneOfModel):
    """One unit, from a list by category."""

    def __init__(self, units: QuerySet[Unit], **options: Any) -> None:
        super().__init__(queryset=units, **options)
        self.choices: Any = [("", _("请选择")), *by_category(units)]


def categories_field(**options: Any) -> forms.Field:
    """Several categories of units, as boxes."""
    return forms.ModelMultipleChoiceField(
        queryset=Category.objects.filter(units__has_group=True).distinct(),
        widget=forms.CheckboxSelectMultiple,
        **options,
    )
