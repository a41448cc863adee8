"""Who may ask units for their reports, and who may read what was asked."""

from django.utils.translation import gettext_lazy as _

from units.access.roles import DEPARTMENT_ROLES, UNIT_ROLES, Role
from units.access.rules import Menu, Rule, no_object, own_unit, subtree

_DEPARTMENT = subtree(*DEPARTMENT_ROLES)
_ADMIN = subtree(Role.DEPARTMENT_ADMIN)

REPORT_NOTICE_RULES = {
    ("report_notice_list", "GET"): Rule(
        _("查看要求报送报告的通知"),
        _DEPARTMENT,
        menu=Menu(_("审核"), _("报告通知"), "envelope", 19),
    ),
    ("report_notice_new", "GET"): Rule(_("打开发报告通知页"), no_object(Role.DEPARTMENT_ADMIN)),
    ("report_notice_new", "POST"): Rule(
        _("发出报告通知"), no_object(Role.DEPARTMENT_ADMIN), audit="report_notice.issue"
    ),
    ("report_notice_detail", "GET"): Rule(
        _("查看一份报告通知"), own_unit(*UNIT_ROLES) | _DEPARTMENT
    ),
    ("report_notice_edit", "GET"): Rule(_("打开报告通知修改页"), _ADMIN),
    ("report_notice_edit", "POST"): Rule(_("修改报告通知"), _ADMIN, audit="report_notice.edit"),
    ("report_notice_withdraw", "POST"): Rule(
        _("撤回报告通知"), _ADMIN, audit="report_notice.withdraw"
    ),
}
