"""What is filled in to look for hints, to close one and to explain one."""

from django import forms
from django.utils.translation import gettext_lazy as _

from reports.models import Hint
from sessions.screened_form import ScreenedForm

STATES = [("pending", _("未核对的")), *Hint.State.choices, ("", _("全部"))]
LONGEST = 500


class FilterForm(forms.Form):
    """Of the department's list."""

    kind = forms.ChoiceField(
        label=_("类别"), choices=[("", _("全部类别")), *Hint.Kind.choices], required=False
    )
    state = forms.ChoiceField(label=_("状态"), choices=STATES, required=False)
    q = forms.CharField(label=_("单位名称或编码"), max_length=60, required=False)


class DismissForm(ScreenedForm):
    """What people made of a hint; `version` is what they looked at."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    note = forms.CharField(
        label=_("核对情况"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("例如“已电话核实，系统一下发的提纲”。只在宣传部内部留存，单位看不到。"),
    )


class ExplainForm(ScreenedForm):
    """What a unit says of its side."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    explanation = forms.CharField(
        label=_("本单位的说明"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("写明实际情况即可，例如“上半场在局机关，下半场联合学习”。宣传部看得到。"),
    )
