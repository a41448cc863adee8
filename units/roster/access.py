"""Who may look at rosters and change them."""

from django.utils.translation import gettext_lazy as _

from units.access.roles import DEPARTMENT_ROLES, Role
from units.access.rules import Menu, Rule, no_object, own_unit, subtree

_READERS = own_unit(Role.CLERK, Role.APPROVER) | subtree(*DEPARTMENT_ROLES)
_WRITERS = own_unit(Role.CLERK) | subtree(Role.DEPARTMENT_ADMIN)

ROSTER_RULES = {
    ("own_roster", "GET"): Rule(
        _("查看本单位成员名册"),
        own_unit(Role.CLERK, Role.APPROVER),
        menu=Menu(_("单位"), _("成员名册"), "people", 40),
    ),
    ("roster", "GET"): Rule(_("查看成员名册"), _READERS),
    ("roster_person", "GET"): Rule(_("查看成员任职经历"), _READERS),
    ("roster_person", "POST"): Rule(_("更正姓名和同名区分"), _WRITERS, audit="roster.person"),
    ("roster_add", "GET"): Rule(_("打开增加成员页"), _WRITERS),
    ("roster_add", "POST"): Rule(_("增加成员"), _WRITERS, audit="roster.add"),
    ("roster_end", "GET"): Rule(_("打开结束任期页"), _WRITERS),
    ("roster_end", "POST"): Rule(_("结束任期"), _WRITERS, audit="roster.end"),
    ("roster_change", "GET"): Rule(_("打开职务变动页"), _WRITERS),
    ("roster_change", "POST"): Rule(_("职务变动"), _WRITERS, audit="roster.change"),
    ("roster_correct", "GET"): Rule(_("打开更正条目页"), _WRITERS),
    ("roster_correct", "POST"): Rule(_("更正名册条目"), _WRITERS, audit="roster.correct"),
    ("roster_remove", "POST"): Rule(_("删除名册条目"), _WRITERS, audit="roster.remove"),
    ("roster_reelect", "GET"): Rule(_("打开换届页"), _WRITERS),
    ("roster_reelect", "POST"): Rule(_("换届"), _WRITERS, audit="roster.reelect"),
    ("roster_import", "GET"): Rule(_("打开名册导入页"), _WRITERS),
    ("roster_import", "POST"): Rule(_("上传名册并检查"), _WRITERS, audit="import.roster_upload"),
    ("roster_import_page", "GET"): Rule(_("查看名册检查结果"), _WRITERS),
    ("roster_import_check", "POST"): Rule(
        _("改正后重新检查名册"), _WRITERS, audit="import.roster_check"
    ),
    ("roster_import_take", "POST"): Rule(_("确认导入名册"), _WRITERS, audit="import_roster"),
    ("roster_import_drop", "POST"): Rule(_("放弃导入名册"), _WRITERS, audit="import.roster_drop"),
    ("roster_import_workbook", "GET"): Rule(
        _("下载标注了问题的名册"), _WRITERS, audit="import.roster_workbook"
    ),
    ("roster_import_template", "GET"): Rule(
        _("下载名册模板"), no_object(Role.CLERK, Role.DEPARTMENT_ADMIN)
    ),
}
