"""Who may do what with topics: the whole county reads them, the administrator sets them."""

from django.utils.translation import gettext_lazy as _

from units.access.roles import SUBTREE_ROLES, UNIT_ROLES, Role
from units.access.rules import Menu, Rule, no_object, own_unit, subtree

_READERS = own_unit(*UNIT_ROLES) | subtree(*SUBTREE_ROLES)
_WRITER = subtree(Role.DEPARTMENT_ADMIN)
_CREATE = no_object(Role.DEPARTMENT_ADMIN)

TOPIC_RULES = {
    ("topic_list", "GET"): Rule(
        _("查看必学内容"),
        _READERS,
        menu=Menu(_("考核规则"), _("必学内容"), "clipboard-check", 61),
    ),
    ("topic_new", "GET"): Rule(_("打开新增学习内容页"), _CREATE),
    ("topic_new", "POST"): Rule(_("新增学习内容"), _CREATE, audit="topic.add"),
    ("topic_edit", "GET"): Rule(_("打开学习内容修改页"), _WRITER),
    ("topic_edit", "POST"): Rule(_("修改学习内容"), _WRITER, audit="topic.edit"),
    ("topic_retire", "POST"): Rule(_("停用学习内容"), _WRITER, audit="topic.retire"),
    ("topic_restore", "POST"): Rule(_("恢复学习内容"), _WRITER, audit="topic.restore"),
}
