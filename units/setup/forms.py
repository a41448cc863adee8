from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from units.access.roles import Role
from units.setup.services import FIRST_ROLES
from units.spreadsheets.texts import plain

USERNAME = RegexValidator(
    r"^[A-Za-z][A-Za-z0-9._-]{2,59}$", _("用户名以字母开头，3 至 60 位字母、数字、点或横线。")
)
CODE = RegexValidator(r"^[A-Za-z0-9]{2,20}$", _("编码为 2 至 20 位字母或数字。"))


class FullNameField(forms.CharField):
    """Whose account it is, as others will read it: an invisible sign would let two people look
    like one to whoever confirms a role or reads the trail.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=60, **options)

    def to_python(self, value: Any) -> str:
        return plain(super().to_python(value))

    def validate(self, value: Any) -> None:
        super().validate(value)
        if not value.isprintable():
            raise ValidationError(_("姓名中有看不见的字符，请删去后重新输入。"))


class DepartmentForm(forms.Form):
    """The department at the root of all units."""

    name = forms.CharField(
        label=_("部门全称"), max_length=100, help_text=_("例如：中共青石县委宣传部")
    )
    short_name = forms.CharField(
        label=_("地方简称"), max_length=40, help_text=_("用于汇总表标题，例如：青石县")
    )
    code = forms.CharField(
        label=_("部门编码"), max_length=20, validators=[CODE], help_text=_("例如：QS")
    )


class AdministratorsForm(forms.Form):
    """User name and full name of each first administrator: different people, all of them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for role in FIRST_ROLES:
            label = {"role": role.label}
            self.fields[f"{role}_username"] = forms.CharField(
                label=_("%(role)s用户名") % label, max_length=60, validators=[USERNAME]
            )
            self.fields[f"{role}_full_name"] = FullNameField(label=_("%(role)s姓名") % label)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        seen: set[str] = set()
        for role in FIRST_ROLES:
            username = str(cleaned.get(f"{role}_username", "")).lower()
            if username and username in seen:
                self.add_error(f"{role}_username", _("每名管理员须由不同的人担任。"))
            seen.add(username)
        return cleaned

    def people(self) -> dict[Role, tuple[str, str]]:
        return {
            role: (self.cleaned_data[f"{role}_username"], self.cleaned_data[f"{role}_full_name"])
            for role in FIRST_ROLES
        }
