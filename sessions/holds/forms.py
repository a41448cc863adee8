"""The form that asks what is to become of a held file."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sessions.models import HoldRequest
from sessions.screened_form import ScreenedForm


class HoldRequestForm(ScreenedForm):
    wish = forms.ChoiceField(
        label=_("处理意见"),
        choices=HoldRequest.Wish,
        widget=forms.RadioSelect,
        help_text=_("解除后本单位和宣传部可以下载；销毁后文件不能找回，只留登记和校验值。"),
    )
    reason = forms.CharField(
        label=_("理由"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("写明由谁、何时、怎样核实的。不要写出涉密文件的标题、文号或内容。"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "id_hold_%s", **kwargs})
