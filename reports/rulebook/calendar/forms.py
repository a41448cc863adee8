"""What is filled in to depart from the national calendar on one date."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reports.rulebook.calendar.months import is_known, is_national_workday, national_word
from reports.rulebook.years import FIRST, LAST
from sessions.screened_form import ScreenedForm
from units.day_input import DayInput

WORK, REST = "work", "rest"


class FindForm(forms.Form):
    """Which date to set."""

    day = forms.DateField(label=_("调整哪一天"), widget=DayInput())


class DayForm(ScreenedForm):
    kind = forms.ChoiceField(
        label=_("这一天在本县（区）"),
        choices=[(WORK, _("上班（工作日）")), (REST, _("休息"))],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("理由"), max_length=100, help_text=_("例如“县里防汛全员在岗”或公开通知的名称。")
    )
    opened = forms.CharField(required=False, widget=forms.HiddenInput, strip=False)

    def __init__(self, *args: Any, date: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.date = date

    def clean_kind(self) -> str:
        kind: str = self.cleaned_data["kind"]
        if is_known(self.date.year) and (kind == WORK) == is_national_workday(self.date):
            raise forms.ValidationError(
                _("按国家安排这一天本来就是“%(word)s”，无须调整；原有的调整可以取消。"),
                params={"word": national_word(self.date)},
            )
        return kind


class CompleteForm(ScreenedForm):
    note = forms.CharField(
        label=_("依据"),
        max_length=100,
        required=False,
        help_text=_("选填，例如放假通知的名称和文号。"),
    )


def parse_day(text: str) -> dt.date | None:
    """A date in an address; None for anything else."""
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return None
    return day if FIRST <= day.year <= LAST else None
