"""Who may look at hints: the department, and a unit at its own side of them.

A county's leader sees figures and no hints; nothing follows from a hint but that people look.
"""

from django.utils.translation import gettext_lazy as _

from units.access.roles import DEPARTMENT_ROLES, UNIT_ROLES, Role
from units.access.rules import Menu, Rule, no_object, own_unit, subtree

_DEPARTMENT = subtree(*DEPARTMENT_ROLES)
_UNIT = own_unit(*UNIT_ROLES)

HINT_RULES = {
    ("hint_list", "GET"): Rule(
        _("查看提示线索"), _DEPARTMENT, menu=Menu(_("审核"), _("提示线索"), "search", 19)
    ),
    ("hint", "GET"): Rule(_("查看一条提示线索"), _DEPARTMENT),
    ("hint_dismiss", "POST"): Rule(_("核对提示线索并写明情况"), _DEPARTMENT, audit="hint.dismiss"),
    ("hint_search", "POST"): Rule(
        _("重新查找提示线索"), no_object(*DEPARTMENT_ROLES), audit="hint.search"
    ),
    ("own_hint_list", "GET"): Rule(
        _("查看与本单位有关的提示线索"),
        _UNIT,
        menu=Menu(_("学习"), _("提示线索"), "info-circle", 41),
    ),
    ("own_hint", "GET"): Rule(_("查看提示线索中本单位的部分"), _UNIT),
    ("own_hint", "POST"): Rule(_("对提示线索作说明"), own_unit(Role.CLERK), audit="hint.explain"),
}
