"""Choosing units and listeners on a form."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from reports.models import SitIn
from units.access.numbers import sent_number
from units.models import Assignment, Unit

if TYPE_CHECKING:
    SomeUsers = forms.ModelMultipleChoiceField[User]
    SomeUnits = forms.ModelMultipleChoiceField[Unit]
else:  # Django's own classes take no parameters when run
    SomeUsers = SomeUnits = forms.ModelMultipleChoiceField


def auditors_for(acting: Assignment, today: dt.date, sit_in: SitIn | None = None) -> QuerySet[User]:
    """Who may be asked to listen: auditors in the role's scope, and whoever was asked before."""
    held = Assignment.objects.in_force(today).filter(
        role=Assignment.Role.AUDITOR, unit__path__startswith=acting.unit.path
    )
    wanted = Q(is_active=True, pk__in=held.values("user"))
    if sit_in is not None:
        wanted |= Q(sit_ins=sit_in)
    return User.objects.filter(wanted).distinct().order_by("full_name", "pk")


def _refuse_odd_ids(value: Any) -> None:
    """Ids of so many digits that no column holds them name nothing."""
    if any(sent_number(str(key)) is None for key in value or ()):
        raise forms.ValidationError(_("有一项选择无法识别，请重新勾选。"))


class UnitsField(SomeUnits):
    """Units ticked on the page."""

    def clean(self, value: Any) -> Any:
        _refuse_odd_ids(value)
        return super().clean(value)


class ListenersField(SomeUsers):
    """Accounts of auditors, as boxes by name."""

    def clean(self, value: Any) -> Any:
        _refuse_odd_ids(value)
        return super().clean(value)

    def label_from_instance(self, obj: User) -> str:
        return str(obj.full_name)
