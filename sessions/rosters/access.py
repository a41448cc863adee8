"""Who may see which records no longer fit the roster."""

from django.utils.translation import gettext_lazy as _

from units.access.roles import DEPARTMENT_ROLES, Role
from units.access.rules import Rule, own_unit, subtree

RECONFIRM_RULES = {
    ("session_reconfirm", "GET"): Rule(
        _("查看待重新核对出勤的学习"),
        own_unit(Role.CLERK, Role.APPROVER) | subtree(*DEPARTMENT_ROLES),
    ),
}
