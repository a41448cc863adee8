"""Who may bring old ledgers in."""

from django.utils.translation import gettext_lazy as _

from units.access.roles import Role
from units.access.rules import Menu, Rule, no_object, own_unit, subtree

_WRITERS = own_unit(Role.CLERK) | subtree(Role.DEPARTMENT_ADMIN)

LEDGER_RULES = {
    ("own_ledger_import", "GET"): Rule(
        _("打开本单位台账导入页"),
        own_unit(Role.CLERK),
        menu=Menu(_("单位"), _("导入旧台账"), "upload", 45),
    ),
    ("ledger_import", "GET"): Rule(_("打开台账导入页"), _WRITERS),
    ("ledger_import", "POST"): Rule(_("上传台账并检查"), _WRITERS, audit="import.ledger_upload"),
    ("ledger_import_page", "GET"): Rule(_("查看台账检查结果"), _WRITERS),
    ("ledger_import_check", "POST"): Rule(
        _("改正后重新检查台账"), _WRITERS, audit="import.ledger_check"
    ),
    ("ledger_import_take", "POST"): Rule(_("确认导入台账"), _WRITERS, audit="import_ledger"),
    ("ledger_import_drop", "POST"): Rule(_("放弃导入台账"), _WRITERS, audit="import.ledger_drop"),
    ("ledger_import_workbook", "GET"): Rule(
        _("下载标注了问题的台账"), _WRITERS, audit="import.ledger_workbook"
    ),
    ("ledger_import_template", "GET"): Rule(
        _("下载台账模板"), no_object(Role.CLERK, Role.DEPARTMENT_ADMIN)
    ),
}
