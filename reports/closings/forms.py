"""What is asked about months to close and to open again."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from reports.periods import Month


class MonthField(forms.CharField):
    """A month as `2026-03`."""

    def clean(self, value: Any) -> Month:
        try:
            return Month.parse(str(super().clean(value)))
        except ValueError as error:
            raise ValidationError(str(error)) from error


class MonthForm(forms.Form):
    month = MonthField(label=_("月份"), max_length=7)


class ReasonForm(forms.Form):
    """Why a closed month should be opened again."""

    reason = forms.CharField(
        label=_("重新开放的原因"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "写明哪个单位、哪次学习、错在哪里、依据什么文件或谁的要求。原因会长期保存，"
            "并显示给确认的人。"
        ),
    )
