"""What a password must be besides, because of who the user is and where."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.validators import carried_only_by
from units.access.roles import PRIVILEGED_ROLES
from units.models import Assignment, UnitName


class PrivilegedLengthValidator:
    """Whoever holds, or will hold, a privileged role needs a longer one."""

    def validate(self, password: str, user: User | None = None) -> None:
        least = settings.PRIVILEGED_PASSWORD_MIN_LENGTH
        if user is None or user.pk is None or len(password) >= least:
            return
        today = timezone.localdate()
        held = Assignment.objects.owned_by(user).filter(role__in=PRIVILEGED_ROLES)
        if held.exclude(end_date__lte=today).exists():
            raise ValidationError(
                _("管理员的密码至少 %(least)s 位。"), code="too_short", params={"least": least}
            )

    def get_help_text(self) -> str:
        return _("管理员的密码至少 %(least)s 位。") % {
            "least": settings.PRIVILEGED_PASSWORD_MIN_LENGTH
        }


class UnitNameValidator:
    """None built around the name or code of a unit."""

    def validate(self, password: str, user: User | None = None) -> None:
        names = UnitName.objects.values_list("name", "short_name", "unit__code")
        word = carried_only_by(password, {word for row in names.iterator() for word in row})
        if word:
            raise ValidationError(
                _("除去单位名称或编码“%(word)s”后，密码太短，请换一个。"),
                code="unit_name",
                params={"word": word},
            )

    def get_help_text(self) -> str:
        return _("不能主要由单位名称或编码组成。")
