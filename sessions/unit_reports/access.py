"""Who may do what with half-year and annual reports."""

from django.utils.translation import gettext_lazy as _

from sessions.history import EDITABLE_REPORT
from units.access.roles import DEPARTMENT_ROLES, Role
from units.access.rules import Menu, Rule, no_object, own_unit, subtree

_READERS = own_unit(Role.CLERK, Role.APPROVER) | subtree(*DEPARTMENT_ROLES)
_WRITER = own_unit(Role.CLERK)

# What is posted is taken in any state, as with plans: the services judge it.
UNIT_REPORT_RULES = {
    ("unit_report_list", "GET"): Rule(
        _("查看半年和年度报告"),
        _READERS,
        menu=Menu(_("学习"), _("半年和年度报告"), "file-earmark-word", 38),
    ),
    ("unit_report_create", "POST"): Rule(
        _("新建半年或年度报告"), no_object(Role.CLERK), audit="unit_report.create"
    ),
    ("unit_report_detail", "GET"): Rule(_("查看一份报告"), _READERS),
    ("unit_report_edit", "GET"): Rule(
        _("打开报告填写页"), _WRITER, states=frozenset(EDITABLE_REPORT)
    ),
    ("unit_report_edit", "POST"): Rule(_("保存报告"), _WRITER, audit="unit_report.save"),
    ("unit_report_submit", "POST"): Rule(_("报送报告"), _WRITER, audit="unit_report.submit"),
    ("unit_report_withdraw", "POST"): Rule(_("撤回报告"), _WRITER, audit="unit_report.withdraw"),
    ("unit_report_plan_items", "GET"): Rule(_("从下一步打算挑选下年计划项目"), _WRITER),
    ("unit_report_plan_items", "POST"): Rule(
        _("把下一步打算列入下年计划"), _WRITER, audit="plan.propose"
    ),
}
