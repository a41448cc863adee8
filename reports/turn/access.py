"""Who turns the year: the department's administrator; auditors look, a unit does its own part."""

from django.utils.translation import gettext_lazy as _

from units.access.roles import DEPARTMENT_ROLES, UNIT_ROLES, Role
from units.access.rules import Menu, Rule, no_object, own_unit, subtree

_READERS, _ADMIN = no_object(*DEPARTMENT_ROLES), no_object(Role.DEPARTMENT_ADMIN)

TURN_RULES = {
    ("turn", "GET"): Rule(
        _("查看年度结转进展"), _READERS, menu=Menu(_("报表"), _("年度结转"), "arrow-repeat", 66)
    ),
    ("turn_units", "GET"): Rule(_("查看各单位年度结转情况"), _READERS),
    ("turn_closings", "GET"): Rule(_("查看全年封账情况表"), _READERS),
    ("turn_seal", "POST"): Rule(_("封存各单位年度档案"), _ADMIN, audit="turn.seal"),
    ("turn_check_seals", "POST"): Rule(
        _("核对档案与封存时是否一致"), _ADMIN, audit="turn.check_seals"
    ),
    ("turn_plans", "POST"): Rule(_("把各单位计划抄成下年草稿"), _ADMIN, audit="turn.plans"),
    ("turn_rule_sets", "POST"): Rule(_("把考核规则抄成下年草稿"), _ADMIN, audit="turn.rule_sets"),
    ("turn_confirm", "POST"): Rule(_("记下年度结转的一步已核对"), _ADMIN, audit="turn.confirm"),
    ("archive_seal", "GET"): Rule(_("查看一次档案封存"), subtree(Role.DEPARTMENT_ADMIN)),
    ("archive_seal", "POST"): Rule(
        _("重新封存档案"), subtree(Role.DEPARTMENT_ADMIN), audit="turn.seal_again"
    ),
    ("own_turn", "GET"): Rule(
        _("查看本单位年度结转"),
        no_object(*UNIT_ROLES),
        menu=Menu(_("学习"), _("年度结转"), "arrow-repeat", 43),
    ),
    ("own_turn_plan", "POST"): Rule(
        _("把本年计划抄成下年草稿"), own_unit(Role.CLERK), audit="plan.create"
    ),
}
