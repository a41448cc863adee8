"""Who may use the routes of this room, and of `accounts`, which stands below the roles."""

from django.utils.translation import gettext_lazy as _

from units.access.roles import DEPARTMENT_ROLES, Role
from units.access.rules import Menu, Rule, account, own_unit, public, subtree
from units.administration.access import ADMINISTRATION_RULES
from units.roster.access import ROSTER_RULES
from units.tokens.access import TOKEN_RULES

# Titles stay lazy: they are translated when shown.
ACCOUNT_RULES = {
    ("sign_in", "GET"): public(_("打开登录页")),
    ("sign_in", "POST"): public(_("登录"), audit="account.sign_in"),
    ("own_password", "GET"): public(_("打开设置密码的一次性链接")),
    ("own_password", "POST"): public(_("凭一次性链接设置密码"), audit="account.password_set"),
    ("sign_out", "POST"): account(_("退出登录"), audit="account.sign_out", while_password_due=True),
    ("sign_out_everywhere", "POST"): account(
        _("退出全部登录"), audit="account.sign_out_everywhere", while_password_due=True
    ),
    ("password_change", "GET"): account(_("打开修改密码页"), while_password_due=True),
    ("password_change", "POST"): account(
        _("修改本人密码"), audit="account.password_change", while_password_due=True
    ),
    ("profile", "GET"): account(_("查看本人账号与登录")),
    ("end_sign_in", "POST"): account(_("结束本人的一次登录"), audit="account.end_session"),
}
UNIT_RULES = {
    ("choose_role", "GET"): account(_("查看本人角色")),
    ("switch_role", "POST"): account(_("切换本人角色"), audit="account.switch_role"),
    ("unit_list", "GET"): Rule(
        _("查看单位名单"),
        subtree(*DEPARTMENT_ROLES, Role.COUNTY_LEADER),
        menu=Menu(_("单位"), _("单位名单"), "building", 50),
    ),
    ("unit_detail", "GET"): Rule(
        _("查看单位信息"),
        own_unit(Role.CLERK, Role.APPROVER) | subtree(*DEPARTMENT_ROLES, Role.COUNTY_LEADER),
    ),
    ("first_administrators", "GET"): public(_("打开首次设置的一次性链接")),
    ("first_administrators", "POST"): public(
        _("设立首批管理员"), audit="account.first_administrators"
    ),
    **ADMINISTRATION_RULES,
    **ROSTER_RULES,
    **TOKEN_RULES,
}
