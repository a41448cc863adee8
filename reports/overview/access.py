"""Who may look over all units of a county: the department and the county's leaders."""

from django.utils.translation import gettext_lazy as _

from units.access.roles import SUBTREE_ROLES
from units.access.rules import Menu, Rule, subtree

# Units and their months are shown by figures only; names of people stay with those who may see
# them, in the view of one obligation too.
OVERVIEW_RULES = {
    ("overview", "GET"): Rule(
        _("查看各单位月度总览"),
        subtree(*SUBTREE_ROLES),
        menu=Menu(_("工作台"), _("月度总览"), "grid-3x3", 11),
    ),
    ("overview_trend", "GET"): Rule(
        _("查看趋势同比"),
        subtree(*SUBTREE_ROLES),
        menu=Menu(_("工作台"), _("趋势同比"), "clock-history", 12),
    ),
    ("overview_print", "GET"): Rule(_("打印月度总览"), subtree(*SUBTREE_ROLES)),
    ("obligation", "GET"): Rule(_("查看一项事项的计算依据"), subtree(*SUBTREE_ROLES)),
}
