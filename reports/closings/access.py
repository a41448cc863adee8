"""Who may look at closings, close a month, and open it again with a second person."""

from django.utils.translation import gettext_lazy as _

from units.access.roles import SUBTREE_ROLES, Role
from units.access.rules import Menu, Rule, no_object, subtree

_READERS, _ADMIN = subtree(*SUBTREE_ROLES), subtree(Role.DEPARTMENT_ADMIN)

CLOSING_RULES = {
    ("closing_list", "GET"): Rule(
        _("查看各月封账情况"),
        no_object(*SUBTREE_ROLES),
        menu=Menu(_("报表"), _("月度封账"), "archive", 58),
    ),
    ("closing_preview", "GET"): Rule(_("封账前预览"), no_object(*SUBTREE_ROLES)),
    ("month_close", "POST"): Rule(_("封账"), no_object(Role.DEPARTMENT_ADMIN), audit="month_close"),
    ("closing_detail", "GET"): Rule(_("查看一次封账"), _READERS),
    ("closing_changes", "GET"): Rule(_("查看封账后变动"), _READERS),
    ("reopening_ask", "GET"): Rule(_("打开申请重新开放页"), _ADMIN),
    ("reopening_ask", "POST"): Rule(
        _("申请重新开放已封账的月份"), _ADMIN, audit="month_reopen_ask"
    ),
    ("reopening_confirm", "POST"): Rule(
        _("确认重新开放（须非申请人）"), _ADMIN, audit="month_reopen"
    ),
    ("reopening_decline", "POST"): Rule(
        _("不同意重新开放，或撤回本人申请"), _ADMIN, audit="month_reopen_end"
    ),
}
