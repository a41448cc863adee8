"""On which day and on which units a draft is tried."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reports.rulebook.years import FIRST
from units.day_input import DayInput
from units.models import Category


class TrialForm(forms.Form):
    as_of = forms.DateField(
        label=_("截至日期"),
        widget=DayInput(),
        help_text=_("也可以选以前年度的日期，用那一年的记录试算。"),
    )
    category = forms.ModelChoiceField(
        label=_("单位类别"),
        queryset=Category.objects.filter(units__has_group=True).distinct(),
        required=False,
        empty_label=_("全部适用单位"),
    )

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_as_of(self) -> dt.date:
        day: dt.date = self.cleaned_data["as_of"]
        if day > self.today:
            raise forms.ValidationError(_("这一天还没有到，没有记录可以试算。"))
        if day.year < FIRST:
            raise forms.ValidationError(_("这一年没有记录，请选近年的日期。"))
        return day
