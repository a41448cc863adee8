"""The form of a new API token."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from units.access.roles import SYSTEM_ROLES
from units.models import ApiToken, Assignment

LIFETIMES = [(30, _("30 天")), (90, _("90 天")), (180, _("180 天")), (365, _("365 天"))]


class TokenForm(forms.Form):
    """What a token of the role is for, what it may do and for how long."""

    name = forms.CharField(
        label=_("用途"),
        max_length=60,
        help_text=_(
            "写明哪个系统用它做什么，例如“办公系统推送学习记录”；以后据此认出要撤销哪一个。"
        ),
    )
    scope = forms.ChoiceField(
        label=_("权限"),
        choices=ApiToken.Scope.choices,
        initial=ApiToken.Scope.READ,
        help_text=_("只取数据的选“只读”。“读写”可以办理该角色在网页上能办理的事项。"),
    )
    days = forms.TypedChoiceField(
        label=_("有效期"),
        choices=LIFETIMES,
        coerce=int,
        initial=90,
        help_text=_("到期后须重新建立，不能延长。"),
    )

    def __init__(self, *args: Any, assignment: Assignment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if assignment.role in SYSTEM_ROLES:
            self.fields["scope"].help_text = _("管理员的令牌只能是“只读”：变更须本人登录网页办理。")
