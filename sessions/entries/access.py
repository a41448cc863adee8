"""Who may do what with personal records and outcomes."""

from django.utils.translation import gettext_lazy as _

from units.access.roles import DEPARTMENT_ROLES, SUBTREE_ROLES, Role
from units.access.rules import Menu, Rule, own_unit, subtree

_READERS = own_unit(Role.CLERK, Role.APPROVER) | subtree(*SUBTREE_ROLES)
# Every line of it is about somebody by name; a county's leader reads figures.
_READERS_OF_NAMES = own_unit(Role.CLERK, Role.APPROVER) | subtree(*DEPARTMENT_ROLES)
_WRITER = own_unit(Role.CLERK)

ENTRY_RULES = {
    ("personal_list", "GET"): Rule(
        _("查看个人学习"),
        _READERS_OF_NAMES,
        menu=Menu(_("学习"), _("个人学习"), "person-circle", 35),
    ),
    ("personal_new", "GET"): Rule(_("打开个人学习登记页"), _WRITER),
    ("personal_new", "POST"): Rule(_("登记个人学习"), _WRITER, audit="personal.add"),
    ("personal_edit", "GET"): Rule(_("打开个人学习修改页"), _WRITER),
    ("personal_edit", "POST"): Rule(_("修改个人学习"), _WRITER, audit="personal.edit"),
    ("personal_delete", "POST"): Rule(_("删除个人学习"), _WRITER, audit="personal.delete"),
    ("outcome_list", "GET"): Rule(
        _("查看学习成果"), _READERS, menu=Menu(_("学习"), _("学习成果"), "check2-circle", 40)
    ),
    ("outcome_new", "GET"): Rule(_("打开学习成果登记页"), _WRITER),
    ("outcome_new", "POST"): Rule(_("登记学习成果"), _WRITER, audit="outcome.add"),
    ("outcome_edit", "GET"): Rule(_("打开学习成果修改页"), _WRITER),
    ("outcome_edit", "POST"): Rule(_("修改学习成果"), _WRITER, audit="outcome.edit"),
    ("outcome_delete", "POST"): Rule(_("删除学习成果"), _WRITER, audit="outcome.delete"),
}
