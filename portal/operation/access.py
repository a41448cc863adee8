"""Who sees how the portal itself is: the system administrator, and a monitor that knows a token."""

from django.utils.translation import gettext_lazy as _

from units.access.roles import Role
from units.access.rules import Menu, Rule, no_object, public

OPERATION_RULES = {
    ("metrics", "GET"): public(_("读取监控指标（须凭令牌）")),
    ("operation", "GET"): Rule(
        _("查看系统运行状况"),
        no_object(Role.SYSTEM_ADMIN),
        menu=Menu(_("管理"), _("运行状况"), "gear", 80),
    ),
}
