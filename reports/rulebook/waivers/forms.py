"""What is filled in to waive obligations, to revoke a waiver and to look for one."""

import datetime as dt
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.rulebook.choosing import GroupedBoxes, UnitsField
from reports.rulebook.waivers.obligations import Choices, parse
from reports.rulebook.waivers.services import Obligation
from sessions.screened_form import ScreenedForm
from units.day_input import DayInput
from units.models import Unit

STATES = [
    ("standing", gettext_lazy("有效的")),
    ("revoked", gettext_lazy("已撤销的")),
    ("", gettext_lazy("全部")),
]


class FilterForm(forms.Form):
    state = forms.ChoiceField(label=gettext_lazy("状态"), choices=STATES, required=False)
    q = forms.CharField(label=gettext_lazy("单位、批准人或文件"), max_length=60, required=False)


class WaiverForm(ScreenedForm):
    """For which units and obligations, who approved it, why, and on what paper."""

    obligations = forms.MultipleChoiceField(
        label=gettext_lazy("豁免的事项"),
        widget=GroupedBoxes,
        help_text=gettext_lazy("可选多项。豁免一个月，全年次数同时按月折减。"),
    )
    approver = forms.CharField(
        label=gettext_lazy("批准人"), max_length=60, help_text=gettext_lazy("姓名和职务。")
    )
    granted_on = forms.DateField(label=gettext_lazy("批准日期"), widget=DayInput())
    reason = forms.CharField(
        label=gettext_lazy("理由"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("例如“全员投入防汛抢险”。单位看得到这里的内容。"),
    )
    document = forms.CharField(
        label=gettext_lazy("依据文件"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("公开文件的文号，或纸质批件的存放处。未公开的文号不要填写。"),
    )

    def __init__(
        self, *args: Any, units: QuerySet[Unit], periods: Choices, today: dt.date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        field: Any = self.fields["obligations"]
        field.choices = periods
        text = _("可选多个，每个单位各记一条。")
        self.fields["units"] = UnitsField(units, label=_("单位"), help_text=text)
        self.order_fields(["units", "obligations"])

    def clean_obligations(self) -> list[Obligation]:
        return [parse(value) for value in self.cleaned_data["obligations"]]

    def clean_granted_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["granted_on"]
        if day > self.today:
            raise forms.ValidationError(_("批准日期还没有到，请先经批准再登记。"))
        return day


class RevokeForm(ScreenedForm):
    reason = forms.CharField(
        label=gettext_lazy("撤销理由"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("撤销以后，单位重新承担这一事项；原来的豁免仍留在记录里。"),
    )
