"""The form that proposes many roles at once."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from units.access.roles import Role
from units.administration.forms import DayField, reason_field
from units.administration.listing import Terms
from units.administration.proposing import DEPARTMENT_PROPOSES

LONGEST = 60_000


class ListForm(forms.Form):
    """A list as it is copied from a worksheet, and what holds for all of its lines."""

    lines = forms.CharField(
        label=_("名单"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
        help_text=_(
            "在表格里选中“用户名”“单位”“角色”几列，连同表头一起复制，粘贴到这里，一人一行。"
            "就是导入账号用的那份名单；没有“角色”一列的，都按下面选的角色。"
            "有“姓名”一列的，会核对姓名和用户名是否相符。"
        ),
    )
    role = forms.ChoiceField(
        label=_("没有写角色的，按"),
        choices=[(each.value, each.label) for each in DEPARTMENT_PROPOSES],
        initial=Role.CLERK.value,
    )
    field_order = ("lines", "role", "start_date", "reason")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["start_date"] = DayField(
            label=_("生效日期"), earliest=today, initial=today, help_text=_("从这一天起可以办理。")
        )
        self.fields["reason"] = reason_field()
        self.order_fields(self.field_order)

    @property
    def terms(self) -> Terms:
        cleaned = self.cleaned_data
        return Terms(Role(cleaned["role"]), cleaned["start_date"], cleaned["reason"])
