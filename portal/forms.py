from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from sessions.screening import find_mark


def refuse_marks(text: Any) -> None:
    """Texts of any kind may bear no mark of a classified paper."""
    if mark := find_mark(str(text)):
        raise ValidationError(
            _("内容含有密级标志“%(mark)s”，不得填写在本平台，请删去。"), params={"mark": mark}
        )


class FeedbackForm(forms.Form):
    text = forms.CharField(
        label=_("意见建议"),
        max_length=2000,
        validators=[refuse_marks],
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("哪一页、想做什么、遇到什么。请勿填写涉密和敏感内容。"),
    )
    page = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)


class AnswerForm(forms.Form):
    answer = forms.CharField(
        label=_("答复"),
        max_length=2000,
        validators=[refuse_marks],
        widget=forms.Textarea(attrs={"rows": 4}),
    )
