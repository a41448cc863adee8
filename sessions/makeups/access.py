"""Who may do what with make-ups."""

from django.utils.translation import gettext_lazy as _

from units.access.roles import Role
from units.access.rules import Menu, Rule, own_unit

_WRITER = own_unit(Role.CLERK)

MAKEUP_RULES = {
    ("makeup_list", "GET"): Rule(
        _("查看补学名单"),
        own_unit(Role.CLERK, Role.APPROVER),
        menu=Menu(_("学习"), _("补学"), "arrow-repeat", 30),
    ),
    ("makeup_record", "POST"): Rule(_("登记补学"), _WRITER, audit="makeup.record"),
    ("makeup_confirm", "POST"): Rule(_("确认补学"), _WRITER, audit="makeup.confirm"),
    ("makeup_undo", "POST"): Rule(_("撤销补学登记或确认"), _WRITER, audit="makeup.undo"),
}
