"""The forms of accounts and roles."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from units.access.roles import Role
from units.administration.proposing import DEPARTMENT_PROPOSES
from units.day_input import DayInput
from units.models import Assignment, RoleProposal, Unit
from units.querysets import UnitQuerySet
from units.setup.forms import USERNAME, FullNameField

STATES = [
    ("", _("全部账号")),
    ("active", _("启用的")),
    ("disabled", _("已停用的")),
    ("roleless", _("启用而没有角色的")),
]


class FilterForm(forms.Form):
    words = forms.CharField(label=_("姓名、用户名或单位"), max_length=60, required=False)
    state = forms.ChoiceField(label=_("状态"), choices=STATES, required=False)


class AccountForm(forms.Form):
    """A new account: whose it is, never a password."""

    username = forms.CharField(
        label=_("用户名"),
        max_length=60,
        validators=[USERNAME],
        help_text=_("登录用，建立后不能更改。以字母开头，例如姓名拼音；一人一号，不要几人合用。"),
    )
    full_name = FullNameField(label=_("姓名"))
    email = forms.EmailField(label=_("电子邮箱"), required=False)

    def clean_username(self) -> str:
        username = str(self.cleaned_data["username"])
        if User.objects.filter(username__iexact=username).exists():
            raise ValidationError(_("用户名“%(name)s”已有人使用。"), params={"name": username})
        return username


class AccountEditForm(forms.Form):
    """What of an account may change: not its user name, under which the trail knows it."""

    full_name = FullNameField(label=_("姓名"))
    email = forms.EmailField(
        label=_("电子邮箱"), required=False, help_text=_("只用于发送提醒邮件；可以不填。")
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class DayField(forms.DateField):
    """A day from ``earliest`` on: what somebody was allowed in the past stays as it was."""

    def __init__(self, *, earliest: date, **options: Any) -> None:
        super().__init__(widget=DayInput({"min": earliest.isoformat()}), **options)
        self.earliest = earliest

    def clean(self, value: Any) -> Any:
        day = super().clean(value)
        if day is not None and day < self.earliest:
            raise ValidationError(
                _("不能早于 %(earliest)s。"), params={"earliest": self.earliest.isoformat()}
            )
        return day


def reason_field() -> forms.CharField:
    return forms.CharField(
        label=_("事由"),
        max_length=200,
        required=False,
        help_text=_("确认的人据此决定，例如任免文号。"),
    )


class GrantForm(forms.Form):
    """A role in one of the units that the administrator administers."""

    role = forms.ChoiceField(
        label=_("角色"),
        choices=Role.choices,
        help_text=_("系统管理员、安全管理员、安全审计员须由不同的人专任，不能再任其他角色。"),
    )
    unit = forms.CharField(
        label=_("单位"),
        max_length=130,
        widget=forms.TextInput(attrs={"list": "units", "autocomplete": "off"}),
        help_text=_("输入编码或全称，可从提示中选择。宣传部、县领导和三员选主管部门。"),
    )

    def __init__(self, *args: Any, units: UnitQuerySet, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = units
        self.fields["start_date"] = DayField(
            label=_("生效日期"), earliest=today, initial=today, help_text=_("从这一天起可以办理。")
        )
        self.fields["end_date"] = DayField(
            label=_("失效日期"),
            earliest=today,
            required=False,
            help_text=_("从这一天起不再有此角色；长期的不填。"),
        )
        self.fields["reason"] = reason_field()

    def clean_role(self) -> Role:
        return Role(self.cleaned_data["role"])

    def clean_unit(self) -> Unit:
        """The unit named by code, by full name, or by both as the suggestions do."""
        typed = str(self.cleaned_data["unit"]).strip()
        found = [
            unit
            for unit in self.units
            if typed.casefold() == unit.code.casefold() or typed in _names_of(unit)
        ]
        if len(found) != 1:
            raise ValidationError(
                _("没有找到单位“%(typed)s”，请输入编码或全称。"), params={"typed": typed}
            )
        return found[0]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        start, end = cleaned.get("start_date"), cleaned.get("end_date")
        if start and end and end <= start:
            self.add_error("end_date", _("失效日期应晚于生效日期。"))
        return cleaned


class ProposalForm(GrantForm):
    """The same of the department, which names the person and may also propose to revoke."""

    kind = forms.ChoiceField(
        label=_("事项"), choices=RoleProposal.Kind.choices, initial=RoleProposal.Kind.GRANT
    )
    username = forms.CharField(
        label=_("用户名"),
        max_length=60,
        help_text=_("还没有账号的，先请系统管理员新建。"),
    )
    field_order = ("kind", "username", "role", "unit", "start_date", "end_date", "reason")

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = people
        role, start, end = (self.fields[name] for name in ("role", "start_date", "end_date"))
        role.widget = forms.Select(
            choices=[(each.value, each.label) for each in DEPARTMENT_PROPOSES]
        )
        role.help_text = _("三员的角色由安全管理员提出。")
        start.help_text = _("授予的从这一天起可以办理；收回的从这一天起不再有此角色。")
        end.help_text = _("授予有期限的才填：从这一天起不再有此角色。")
        self.order_fields(self.field_order)

    def clean_kind(self) -> RoleProposal.Kind:
        return RoleProposal.Kind(self.cleaned_data["kind"])

    def clean_username(self) -> User:
        typed = str(self.cleaned_data["username"]).strip()
        user = self.people.filter(username__iexact=typed, is_active=True).first()
        if user is None:
            raise ValidationError(_("没有名为“%(name)s”的有效账号。"), params={"name": typed})
        return user

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("kind") == RoleProposal.Kind.REVOKE and cleaned.get("end_date"):
            self.add_error("end_date", _("收回的不填失效日期，生效日期就是收回的日期。"))
        return cleaned


def _names_of(unit: Unit) -> tuple[str, str]:
    name = str(getattr(unit, "name", None) or "")
    return name or unit.code, suggestion_of(unit)


def suggestion_of(unit: Unit) -> str:
    """Code and full name of the day, as the form suggests them."""
    return f"{unit.code} {getattr(unit, 'name', None) or ''}".strip()


class RevokeForm(forms.Form):
    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"] = DayField(
            label=_("失效日期"),
            earliest=today,
            initial=today,
            help_text=_("从这一天起不再有此角色；选今天则确认后立即失效。"),
        )
        self.fields["reason"] = reason_field()


class NoteForm(forms.Form):
    note = forms.CharField(label=_("意见"), max_length=200, required=False)


class HandOverForm(forms.Form):
    """To whom a role passes, and from which day on."""

    # The last day of the role as it stood when the page was opened.
    seen = forms.DateField(required=False, widget=forms.HiddenInput)
    to = forms.CharField(
        label=_("接任人用户名"),
        max_length=60,
        help_text=_("接任人还没有账号的，先请系统管理员新建。"),
    )

    def __init__(
        self,
        *args: Any,
        assignment: Assignment,
        people: QuerySet[User],
        today: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.assignment, self.people = assignment, people
        earliest = max(today, assignment.start_date)
        self.fields["on"] = DayField(
            label=_("移交日期"),
            earliest=earliest,
            initial=earliest,
            help_text=_("从这一天起由接任人办理，原任人同日失效；中间不断档，也不重叠。"),
        )

    def clean_to(self) -> User:
        typed = str(self.cleaned_data["to"]).strip()
        user = self.people.filter(username__iexact=typed, is_active=True).first()
        if user is None:
            raise ValidationError(_("没有名为“%(name)s”的有效账号。"), params={"name": typed})
        if user.pk == self.assignment.user_id:
            raise ValidationError(_("接任人就是现任人，请填写另一个人。"))
        return user
