"""Which day."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from units.day_input import DayInput

EARLIEST = dt.date(2000, 1, 1)


class AsOfForm(forms.Form):
    """A day up to today."""

    as_of = forms.DateField(
        label=_("截至日期"),
        required=False,
        widget=DayInput(),
        error_messages={"invalid": _("日期无法识别，请写成“2026-06-30”这样的形式。")},
    )

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["as_of"].widget.attrs["max"] = today.isoformat()

    def clean_as_of(self) -> dt.date:
        day: dt.date = self.cleaned_data["as_of"] or self.today
        if not EARLIEST <= day <= self.today:
            raise forms.ValidationError(_("只能查看今天和以前的日期，请改选一天。"))
        return day


class UnitYearForm(AsOfForm):
    """The year of the day, or the one before: what is judged from it is settled in January only."""

    last_year = forms.BooleanField(label=_("看上一年度到这一天的结果"), required=False)

    @property
    def year(self) -> int:
        """The year to show; that of today for a day that is refused."""
        if not self.is_valid():
            return self.today.year
        day: dt.date = self.cleaned_data["as_of"]
        return day.year - 1 if self.cleaned_data["last_year"] else day.year
