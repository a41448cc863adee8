"""Who may take forms away.

Leave and its reasons are for the unit itself and for the auditors; a county's leader gets neither.
"""

from django.utils.translation import gettext_lazy as _

from units.access.roles import DEPARTMENT_ROLES, UNIT_ROLES, Role
from units.access.rules import Menu, Rule, no_object, own_unit, subtree

_UNIT = own_unit(Role.CLERK, Role.APPROVER)
_READERS = _UNIT | subtree(*DEPARTMENT_ROLES)
_ANYBODY = no_object(*UNIT_ROLES, *DEPARTMENT_ROLES)
FILLED = "export.form"

DOCUMENT_RULES = {
    ("form_list", "GET"): Rule(
        _("查看表格下载页"), _ANYBODY, menu=Menu(_("服务"), _("表格下载"), "download", 88)
    ),
    ("blank_form", "GET"): Rule(_("下载空白表格"), _ANYBODY),
    ("plan_form", "GET"): Rule(_("下载年度学习计划表"), _READERS, audit=FILLED),
    ("sign_in_form", "GET"): Rule(_("下载按名册排好的签到表"), _UNIT, audit=FILLED),
    ("session_sign_in_form", "GET"): Rule(_("下载一次学习的签到表"), _READERS, audit=FILLED),
    ("session_record_form", "GET"): Rule(_("下载一次学习的学习记录"), _READERS, audit=FILLED),
    ("session_leave_form", "GET"): Rule(_("下载一次学习的请假单"), _READERS, audit=FILLED),
    ("makeup_form", "GET"): Rule(_("下载补学登记表"), _UNIT, audit=FILLED),
    ("sit_in_form", "GET"): Rule(_("下载巡听旁听反馈表"), _READERS, audit=FILLED),
    ("roster_form", "GET"): Rule(_("下载成员名册"), _READERS, audit=FILLED),
}
