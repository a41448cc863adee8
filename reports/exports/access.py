"""Who may take figures and names away."""

from django.utils.translation import gettext_lazy as _

from units.access.roles import DEPARTMENT_ROLES, Role
from units.access.rules import Rule, own_unit, subtree

EXPORT_RULES = {
    ("unit_ledger_workbook", "GET"): Rule(
        _("下载单位年度学习台账"),
        own_unit(Role.CLERK, Role.APPROVER) | subtree(*DEPARTMENT_ROLES),
        audit="export.ledger",
    ),
}
