"""Who may read and who may set the rules: the department's administrator alone sets them."""

from django.utils.translation import gettext_lazy as _

from units.access.roles import STUDY_ROLES, SUBTREE_ROLES, UNIT_ROLES, Role
from units.access.rules import Menu, Rule, no_object, own_unit, subtree

_READERS = own_unit(*UNIT_ROLES) | subtree(*SUBTREE_ROLES)
_WRITER = subtree(Role.DEPARTMENT_ADMIN)
_GROUP = _("考核规则")
# The calendar is about no unit.
_CALENDAR_READERS, _CALENDAR_WRITER = no_object(*STUDY_ROLES), no_object(Role.DEPARTMENT_ADMIN)

RULEBOOK_RULES = {
    ("rule_set_list", "GET"): Rule(
        _("查看考核规则"), _READERS, menu=Menu(_GROUP, _("规则版本"), "journal-text", 60)
    ),
    ("rule_set_detail", "GET"): Rule(_("查看一套考核规则"), _READERS),
    ("rule_set_new", "GET"): Rule(_("打开新建考核规则页"), _WRITER),
    ("rule_set_new", "POST"): Rule(_("新建考核规则草稿"), _WRITER, audit="rule_set.create"),
    ("rule_set_edit", "GET"): Rule(_("打开考核规则修改页"), _WRITER),
    ("rule_set_edit", "POST"): Rule(_("修改考核规则草稿"), _WRITER, audit="rule_set.edit"),
    ("rule_set_discard", "POST"): Rule(_("删除考核规则草稿"), _WRITER, audit="rule_set.discard"),
    ("rule_set_trial", "GET"): Rule(_("用已有记录试算考核规则"), _WRITER),
    ("rule_set_publish", "GET"): Rule(_("打开考核规则发布页"), _WRITER),
    ("rule_set_publish", "POST"): Rule(_("发布考核规则"), _WRITER, audit="rule_set.publish"),
    ("waiver_list", "GET"): Rule(
        _("查看豁免"), _READERS, menu=Menu(_GROUP, _("豁免"), "check2-circle", 62)
    ),
    ("waiver_new", "GET"): Rule(_("打开登记豁免页"), _WRITER),
    ("waiver_new", "POST"): Rule(_("登记豁免"), _WRITER, audit="waiver.grant"),
    ("waiver_revoke", "GET"): Rule(_("打开撤销豁免页"), _WRITER),
    ("waiver_revoke", "POST"): Rule(_("撤销豁免"), _WRITER, audit="waiver.revoke"),
    ("calendar_year", "GET"): Rule(
        _("查看工作日历"),
        _CALENDAR_READERS,
        menu=Menu(_GROUP, _("工作日历"), "calendar-check", 63),
    ),
    ("calendar_day", "GET"): Rule(_("打开调整工作日页"), _CALENDAR_WRITER),
    ("calendar_day", "POST"): Rule(_("调整工作日"), _CALENDAR_WRITER, audit="calendar.set"),
    ("calendar_day_clear", "POST"): Rule(
        _("取消工作日调整"), _CALENDAR_WRITER, audit="calendar.clear"
    ),
    ("calendar_complete", "GET"): Rule(_("打开声明节假日已录全页"), _CALENDAR_WRITER),
    ("calendar_complete", "POST"): Rule(
        _("声明某年节假日已录全"), _CALENDAR_WRITER, audit="calendar.complete"
    ),
    ("calendar_incomplete", "POST"): Rule(
        _("撤回节假日已录全的声明"), _CALENDAR_WRITER, audit="calendar.incomplete"
    ),
}
