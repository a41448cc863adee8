"""Who may ask for workbooks of a county, and who may take them away.

The department sees what its people asked for; a file goes to nobody but who asked for it. A
county's leader gets figures and no names.
"""

from django.utils.translation import gettext_lazy as _

from units.access.roles import DEPARTMENT_ROLES, SUBTREE_ROLES, Role
from units.access.rules import Menu, Rule, own_items, subtree

_SEEN = subtree(*DEPARTMENT_ROLES) | own_items(Role.COUNTY_LEADER)
_OWN = own_items(*SUBTREE_ROLES)

CENTRE_RULES = {
    ("export_list", "GET"): Rule(
        _("查看报表中心"),
        _SEEN,
        menu=Menu(_("报表"), _("报表中心"), "file-earmark-spreadsheet", 60),
    ),
    ("export_ask", "POST"): Rule(_("申请生成报表"), subtree(*SUBTREE_ROLES), audit="export.ask"),
    ("export_progress", "GET"): Rule(_("查看报表的进度"), _SEEN),
    ("export_cancel", "POST"): Rule(_("取消本人申请的报表"), _OWN, audit="job_cancel"),
    ("export_file", "GET"): Rule(_("下载本人申请的报表"), _OWN, audit="export.download"),
}
