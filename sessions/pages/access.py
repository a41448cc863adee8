"""Who may do what with records of sessions."""

from django.utils.translation import gettext_lazy as _

from sessions.recording.drafts import EDITABLE
from units.access.roles import DEPARTMENT_ROLES, Role
from units.access.rules import Menu, Rule, own_unit, subtree

_READERS = own_unit(Role.CLERK, Role.APPROVER) | subtree(*DEPARTMENT_ROLES, Role.COUNTY_LEADER)
_WRITER = own_unit(Role.CLERK)

# What is posted is taken in any state: a page sent too late shows both versions, and a second
# click is no fault. The services judge the state.
RECORD_RULES = {
    ("session_new", "GET"): Rule(
        _("打开登记学习页"), _WRITER, menu=Menu(_("学习"), _("登记学习"), "pencil", 20)
    ),
    ("session_new", "POST"): Rule(_("登记学习：保存、报送"), _WRITER, audit="session.save"),
    ("session_list", "GET"): Rule(
        _("查看学习记录"), _READERS, menu=Menu(_("学习"), _("学习记录"), "journal-text", 22)
    ),
    ("session_detail", "GET"): Rule(_("查看一次学习"), _READERS),
    ("session_edit", "GET"): Rule(_("打开学习记录修改页"), _WRITER, states=frozenset(EDITABLE)),
    ("session_edit", "POST"): Rule(_("修改学习：保存、报送"), _WRITER, audit="session.save"),
    ("session_withdraw", "POST"): Rule(
        _("撤回未审核的学习记录"), _WRITER, audit="session.withdraw"
    ),
    ("session_joint_take", "POST"): Rule(
        _("采用联学牵头单位修改后的内容"), _WRITER, audit="session.joint_take"
    ),
    ("session_joint_keep", "POST"): Rule(
        _("与联学牵头单位不一致时保留本单位内容"), _WRITER, audit="session.joint_keep"
    ),
    ("session_delete", "POST"): Rule(_("删除学习草稿"), _WRITER, audit="session.delete"),
}
