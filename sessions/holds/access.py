"""Who may deal with held files: two different people of these roles, one of whom asks."""

from django.utils.translation import gettext_lazy as _

from units.access.roles import Role
from units.access.rules import Menu, Rule, accounts, subtree

_KEEPERS = subtree(Role.DEPARTMENT_ADMIN) | accounts(Role.SECURITY_ADMIN)

HOLD_RULES = {
    ("held_file_list", "GET"): Rule(
        _("查看暂扣文件清单（不显示文件名）"),
        _KEEPERS,
        menu=Menu(_("管理"), _("暂扣文件"), "shield-lock", 83),
    ),
    ("held_file", "GET"): Rule(_("查看暂扣文件的名称"), _KEEPERS, audit="hold.view"),
    ("held_file_ask", "POST"): Rule(_("提出解除或销毁暂扣文件"), _KEEPERS, audit="hold.ask"),
    ("held_file_agree", "POST"): Rule(
        _("复核同意（须非提出人）：解除或销毁"), _KEEPERS, audit="hold.release"
    ),
    ("held_file_decline", "POST"): Rule(
        _("复核不同意，或撤回本人意见"), _KEEPERS, audit="hold.decline"
    ),
}
