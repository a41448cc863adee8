from django import forms
from django.utils.translation import gettext_lazy as _


class FeedbackForm(forms.Form):
    text = forms.CharField(
        label=_("意见建议"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("哪一页、想做什么、遇到什么。请勿填写涉密和敏感内容。"),
    )
    page = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)


class AnswerForm(forms.Form):
    answer = forms.CharField(
        label=_("答复"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )
