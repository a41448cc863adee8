from typing import TYPE_CHECKING, Any

from axes.signals import user_locked_out
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm, SetPasswordForm
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.lockout import guessed_too_often, username_tried
from accounts.models import User


class SignInForm(AuthenticationForm):
    """User name and password. What was wrong is not said: it would tell who has an account."""

    error_messages = {  # noqa: RUF012  as the base class declares it
        "invalid_login": _("用户名或密码不正确，或账号已停用。连续输错会暂时锁定。"),
        "inactive": _("用户名或密码不正确，或账号已停用。连续输错会暂时锁定。"),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("用户名")
        self.fields["password"].label = _("密码")

    def clean(self) -> dict[str, Any]:
        if self.request is not None:
            tried = username_tried(self.request, {"username": self.cleaned_data.get("username")})
            if tried and guessed_too_often(tried, timezone.now()):
                user_locked_out.send("accounts", request=self.request, username=tried)
                raise ValidationError(_("该账号一小时内输错次数过多，请一小时后再试或联系管理员。"))
        return super().clean()


if TYPE_CHECKING:  # only the type checker's form takes the type of its user
    _SetPasswordForm = SetPasswordForm[User]
else:
    _SetPasswordForm = SetPasswordForm


class FirstPasswordForm(_SetPasswordForm):
    """A new password twice. What is wrong with it stands where it was chosen."""

    def validate_password_for_user(self, user: User, password_field_name: str = "") -> None:
        super().validate_password_for_user(user, "new_password1")


class NewPasswordForm(FirstPasswordForm, PasswordChangeForm):
    """The same after the old one."""
