"""Who may administer accounts and roles: never the same person both."""

from django.utils.translation import gettext_lazy as _

from units.access.roles import Role
from units.access.rules import Menu, Rule, accounts, no_object, subtree

_SYSTEM, _SECURITY = accounts(Role.SYSTEM_ADMIN), accounts(Role.SECURITY_ADMIN)
_BOTH = _SYSTEM | _SECURITY
_TWO = _SECURITY | subtree(Role.DEPARTMENT_ADMIN)
_PROPOSE = no_object(Role.DEPARTMENT_ADMIN)
_CREATE = no_object(Role.SYSTEM_ADMIN)

ADMINISTRATION_RULES = {
    ("account_list", "GET"): Rule(
        _("查看账号"), _BOTH, menu=Menu(_("管理"), _("账号与角色"), "shield-lock", 80)
    ),
    ("account_detail", "GET"): Rule(_("查看一个账号及其角色"), _BOTH),
    ("account_create", "GET"): Rule(_("打开新建账号页"), _CREATE),
    ("account_create", "POST"): Rule(_("新建账号"), _CREATE, audit="account.create"),
    ("account_edit", "GET"): Rule(_("打开修改账号页"), _SYSTEM),
    ("account_edit", "POST"): Rule(_("修改账号的姓名和邮箱"), _SYSTEM, audit="account.edit"),
    ("account_disable", "POST"): Rule(_("停用账号"), _SYSTEM, audit="account.disable"),
    ("account_enable", "POST"): Rule(_("启用账号"), _SYSTEM, audit="account.enable"),
    ("account_unlock", "POST"): Rule(_("解除登录锁定"), _SYSTEM, audit="account.unlock"),
    ("account_reset", "POST"): Rule(_("发放重设密码的链接"), _SYSTEM, audit="account.link"),
    ("account_sign_ins_end", "POST"): Rule(
        _("结束他人的登录"), _SECURITY, audit="account.sign_ins_end"
    ),
    ("account_tokens_revoke", "POST"): Rule(
        _("撤销他人的全部接口令牌"), _SYSTEM, audit="token.revoke_all"
    ),
    ("role_grant", "GET"): Rule(_("打开提出授予角色页"), _SECURITY),
    ("role_grant", "POST"): Rule(_("提出授予一个账号角色"), _SECURITY, audit="assignment.propose"),
    ("role_revoke", "GET"): Rule(_("打开提出收回角色页"), _SECURITY),
    ("role_revoke", "POST"): Rule(_("提出收回角色"), _SECURITY, audit="assignment.propose"),
    ("proposal_list", "GET"): Rule(
        _("查看角色建议"), _TWO, menu=Menu(_("管理"), _("角色任命"), "people", 82)
    ),
    ("proposal_create", "GET"): Rule(_("打开提出角色变动页"), _PROPOSE),
    ("proposal_create", "POST"): Rule(
        _("提出授予或收回角色"), _PROPOSE, audit="assignment.propose"
    ),
    ("proposal_list_create", "GET"): Rule(_("打开批量提出角色页"), _PROPOSE),
    ("proposal_list_create", "POST"): Rule(
        _("按名单批量提出授予角色"), _PROPOSE, audit="assignment.propose"
    ),
    ("proposal_list_confirm", "GET"): Rule(_("查看可由本人确认的角色建议"), _TWO),
    ("proposal_list_confirm", "POST"): Rule(
        _("批量确认角色建议（须非提出人；其中一人是安全管理员）"), _TWO, audit="assignment.grant"
    ),
    ("proposal_detail", "GET"): Rule(_("查看一条角色建议"), _TWO),
    ("proposal_confirm", "POST"): Rule(
        _("确认角色建议（须非提出人；其中一人是安全管理员）"), _TWO, audit="assignment.grant"
    ),
    ("proposal_refuse", "POST"): Rule(_("不同意或撤回角色建议"), _TWO, audit="assignment.decline"),
    ("role_hand_over", "GET"): Rule(_("打开移交角色页"), _SECURITY),
    ("role_hand_over", "POST"): Rule(_("移交角色"), _SECURITY, audit="assignment.hand_over"),
}
