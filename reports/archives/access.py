"""Who may look at archives and take them away: the unit its own, the department those below it.

A county's leader reads figures and gets no files.
"""

from django.utils.translation import gettext_lazy as _

from units.access.roles import DEPARTMENT_ROLES, Role
from units.access.rules import Menu, Rule, own_unit, subtree

_UNIT = own_unit(Role.CLERK, Role.APPROVER)
_READERS = _UNIT | subtree(*DEPARTMENT_ROLES)

ARCHIVE_RULES = {
    ("own_archive", "GET"): Rule(
        _("查看本单位学习档案"), _UNIT, menu=Menu(_("学习"), _("学习档案"), "archive", 42)
    ),
    ("archive_list", "GET"): Rule(
        _("查看各单位学习档案"),
        subtree(*DEPARTMENT_ROLES),
        menu=Menu(_("报表"), _("学习档案"), "archive", 62),
    ),
    ("unit_archive", "GET"): Rule(_("查看单位学习档案"), _READERS),
    ("unit_archive_zip", "GET"): Rule(_("下载单位学习档案"), _READERS, audit="archive.download"),
    ("session_archive", "GET"): Rule(_("查看一次学习的档案"), _READERS),
    ("session_archive_zip", "GET"): Rule(
        _("下载一次学习的档案"), _READERS, audit="archive.download"
    ),
    ("archive_ask", "POST"): Rule(
        _("申请生成全部单位学习档案"), subtree(*DEPARTMENT_ROLES), audit="export.ask"
    ),
}
