"""Which of the waiting things to show; what does not fit is left out of the filter."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext_lazy as _

from sessions.reviews.papers import LABELS
from units.models import Category

# At the ends of the calendar there is no moment in another time zone.
YEARS = range(2000, 3000)
NAMES = ("kind", "unit", "category", "month", "overdue")


class MonthInput(forms.TextInput):
    input_type = "month"


class QueueForm(forms.Form):
    """Reads the address. ``month`` comes out as the first and last day."""

    kind = forms.ChoiceField(
        label=_("事项"), choices=[("", _("全部")), *LABELS.items()], required=False
    )
    unit = forms.CharField(
        label=_("单位"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": _("名称或编码")}),
    )
    category = forms.ModelChoiceField(
        label=_("单位类别"),
        queryset=Category.objects.all(),
        to_field_name="code",
        empty_label=_("全部"),
        required=False,
    )
    month = forms.RegexField(
        r"^\d{4}-(0[1-9]|1[0-2])$",
        label=_("月份"),
        required=False,
        widget=MonthInput(attrs={"placeholder": _("如 2026-03")}),
    )
    overdue = forms.BooleanField(label=_("只看超期"), required=False)

    def clean_month(self) -> tuple[date, date] | None:
        words = str(self.cleaned_data["month"])
        year, month = (int(words[:4]), int(words[5:])) if words else (0, 0)
        if year not in YEARS:
            return None
        return date(year, month, 1), date(year, month, monthrange(year, month)[1])

    @property
    def query(self) -> str:
        """The filter as an address carries it from one review to the next."""
        return urlencode({name: self.data[name] for name in NAMES if self.data.get(name)})


def asked(given: Mapping[str, Any]) -> QueueForm:
    """The filter of an address, valid as far as it goes."""
    form = QueueForm(given)
    form.is_valid()
    return form
