"""Who reviews, who approves in the unit, and who may have a word."""

from django.utils.translation import gettext_lazy as _

from units.access.roles import DEPARTMENT_ROLES, Role
from units.access.rules import Menu, Rule, no_object, own_unit, subtree

# The administrator looks on; only auditors decide. County leaders read figures, not the queue.
_READERS = subtree(*DEPARTMENT_ROLES) | own_unit(Role.APPROVER)
_AUDITOR = subtree(Role.AUDITOR)
_APPROVER = own_unit(Role.APPROVER)
_TALKERS = own_unit(Role.CLERK, Role.APPROVER) | _AUDITOR
# About the department itself, which is where the role is held.
_ADMIN = no_object(Role.DEPARTMENT_ADMIN)

# What is posted is taken in any state: a second click is no fault, and whoever comes second is
# told what happened. The services judge the state.
REVIEW_RULES = {
    ("review_queue", "GET"): Rule(
        _("查看待审核事项"), _READERS, menu=Menu(_("审核"), _("待审核"), "clipboard-check", 18)
    ),
    ("review_item", "GET"): Rule(_("查看一件待审核事项"), _READERS),
    ("review_accept", "POST"): Rule(_("审核通过、备案"), _AUDITOR, audit="review.accept"),
    ("review_accept_clean", "POST"): Rule(
        _("批量通过检查无问题的学习"), _AUDITOR, audit="review.accept"
    ),
    ("review_return", "POST"): Rule(_("退回单位更正"), _AUDITOR, audit="review.return"),
    ("approval_give", "POST"): Rule(_("单位内审核通过"), _APPROVER, audit="approval.give"),
    ("approval_return", "POST"): Rule(_("单位内退回"), _APPROVER, audit="approval.return"),
    ("review_comment", "POST"): Rule(_("留言"), _TALKERS, audit="comment.add"),
    ("review_comments_read", "POST"): Rule(_("标记留言已阅"), _TALKERS, audit="comment.read"),
    ("review_settings", "GET"): Rule(
        _("打开审核设置"), _ADMIN, menu=Menu(_("审核"), _("审核设置"), "gear", 19)
    ),
    ("unit_approval_switch", "POST"): Rule(
        _("启用或停用单位内审核"), _ADMIN, audit="unit_approval.switch"
    ),
    ("return_reasons", "POST"): Rule(_("修改常用退回原因"), _ADMIN, audit="return_reasons.save"),
}
