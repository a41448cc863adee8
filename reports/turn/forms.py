"""What the pages of the yearly turn are sent."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reports.models import TurnCheck
from reports.rulebook.years import FIRST, LAST
from sessions.screened_form import ScreenedForm

SHOWN = [
    ("", _("全部单位")),
    ("unsealed", _("档案未封存")),
    ("differing", _("与封存时不一致")),
    ("planless", _("没有下年计划")),
    ("ended", _("年底有任职到期")),
    ("leaderless", _("1月1日没有组长")),
    ("makeups", _("有待补学")),
]


class YearForm(forms.Form):
    year = forms.IntegerField(min_value=FIRST, max_value=LAST - 1)


class ConfirmForm(YearForm, ScreenedForm):
    step = forms.ChoiceField(choices=TurnCheck.Step)
    note = forms.CharField(max_length=200, required=False)


class FilterForm(forms.Form):
    show = forms.ChoiceField(label=_("显示"), choices=SHOWN, required=False)
    year = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any, *, year: int) -> None:
        super().__init__({**data.dict(), "year": year})


class SealAgainForm(ScreenedForm):
    reason = forms.CharField(
        label=_("重新封存的原因"),
        max_length=200,
        help_text=_("如“补存了11月集中学习的签到表”。原来的封存记录保留。"),
    )
