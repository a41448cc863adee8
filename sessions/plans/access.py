"""Who may do what with annual plans."""

from django.utils.translation import gettext_lazy as _

from sessions.history import EDITABLE_PLAN
from units.access.roles import DEPARTMENT_ROLES, Role
from units.access.rules import Menu, Rule, own_unit, subtree

_READERS = own_unit(Role.CLERK, Role.APPROVER) | subtree(*DEPARTMENT_ROLES)
_WRITER = own_unit(Role.CLERK)

# What is posted is taken in any state: a page sent too late shows both versions, and a second
# click is no fault. The services judge the state.
PLAN_RULES = {
    ("plan_list", "GET"): Rule(
        _("查看年度计划"), _READERS, menu=Menu(_("学习"), _("年度计划"), "calendar-check", 25)
    ),
    ("plan_create", "POST"): Rule(_("新建年度计划"), _WRITER, audit="plan.create"),
    ("plan_detail", "GET"): Rule(_("查看一份年度计划"), _READERS),
    ("plan_edit", "GET"): Rule(_("打开年度计划填写页"), _WRITER, states=frozenset(EDITABLE_PLAN)),
    ("plan_edit", "POST"): Rule(_("保存年度计划"), _WRITER, audit="plan.save"),
    ("plan_submit", "POST"): Rule(_("报送年度计划"), _WRITER, audit="plan.submit"),
    ("plan_withdraw", "POST"): Rule(_("撤回年度计划"), _WRITER, audit="plan.withdraw"),
    ("plan_approval", "POST"): Rule(_("存入计划审定文件"), _WRITER, audit="plan.attach"),
    ("plan_approval_remove", "POST"): Rule(_("移除计划审定文件"), _WRITER, audit="plan.detach"),
    ("plan_item_mark", "POST"): Rule(_("标记计划项目完成"), _WRITER, audit="plan.mark"),
}
