"""Who may use this room's part of the API: whoever may do the same on its pages."""

from django.utils.translation import gettext_lazy as _

from units.access.roles import Role
from units.access.routes import UNIT_RULES
from units.access.rules import Rule, as_pages, subtree
from units.roster.access import ROSTER_RULES

_UNITS = UNIT_RULES["unit_list", "GET"], UNIT_RULES["unit_detail", "GET"]
_ROSTER = ROSTER_RULES["roster", "GET"]
# No page does this; lists of units come in by command.
_KEEPER = subtree(Role.DEPARTMENT_ADMIN)

MEMBER_API_RULES = {
    ("api_members", "GET"): as_pages(_("接口：查询成员"), _ROSTER),
    ("api_members", "POST"): as_pages(
        _("接口：增加成员"), ROSTER_RULES["roster_add", "POST"], audit="roster.add"
    ),
    ("api_member", "GET"): as_pages(_("接口：查看一段任期"), _ROSTER),
    ("api_member", "PATCH"): as_pages(
        _("接口：更正名册条目"),
        ROSTER_RULES["roster_correct", "POST"],
        ROSTER_RULES["roster_person", "POST"],
        audit="roster.correct",
    ),
    ("api_member", "DELETE"): as_pages(
        _("接口：删除名册条目"), ROSTER_RULES["roster_remove", "POST"], audit="roster.remove"
    ),
    ("api_member_end", "POST"): as_pages(
        _("接口：结束任期"), ROSTER_RULES["roster_end", "POST"], audit="roster.end"
    ),
    ("api_member_change_office", "POST"): as_pages(
        _("接口：职务变动"), ROSTER_RULES["roster_change", "POST"], audit="roster.change"
    ),
}
UNIT_API_RULES = {
    ("api_units", "GET"): as_pages(_("接口：查询单位"), *_UNITS),
    ("api_units", "POST"): Rule(_("接口：登记单位"), _KEEPER, audit="unit.add"),
    ("api_unit", "GET"): as_pages(_("接口：查看一个单位"), *_UNITS),
    ("api_unit", "PATCH"): Rule(_("接口：更改单位"), _KEEPER, audit="unit.change"),
    **MEMBER_API_RULES,
}
