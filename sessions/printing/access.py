"""Who may print what. Leave and its reasons are for the unit and the auditors alone."""

from django.utils.translation import gettext_lazy as _

from units.access.roles import DEPARTMENT_ROLES, Role
from units.access.rules import Menu, Rule, own_unit, subtree

_READERS = own_unit(Role.CLERK, Role.APPROVER) | subtree(*DEPARTMENT_ROLES)

PRINTING_RULES = {
    ("blank_sign_in_sheet", "GET"): Rule(
        _("打印空白签到表"),
        own_unit(Role.CLERK, Role.APPROVER),
        menu=Menu(_("学习"), _("空白签到表"), "printer", 29),
    ),
    ("session_sign_in_sheet", "GET"): Rule(_("打印一次学习的签到表"), _READERS),
    ("session_record_sheet", "GET"): Rule(_("打印一次学习的学习记录"), _READERS),
}
