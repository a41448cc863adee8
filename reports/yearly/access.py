"""Who may see a report's figures and take its Word file away: whoever may read the report."""

from django.utils.translation import gettext_lazy as _

from units.access.roles import DEPARTMENT_ROLES, Role
from units.access.rules import Rule, own_unit, subtree

_READERS = own_unit(Role.CLERK, Role.APPROVER) | subtree(*DEPARTMENT_ROLES)

YEARLY_RULES = {
    ("unit_report_figures", "GET"): Rule(_("查看一份报告的学习数据"), _READERS),
    ("unit_report_document", "GET"): Rule(
        _("下载报告的 Word 文件"), _READERS, audit="export.unit_report"
    ),
}
