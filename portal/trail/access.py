"""Who reads the audit trail: the security auditor, and of the auditor the security administrator.
Nobody changes it.
"""

from django.utils.translation import gettext_lazy as _

from units.access.roles import Role
from units.access.rules import Menu, Rule, accounts, no_object

_READERS = accounts(Role.SECURITY_AUDITOR, Role.SECURITY_ADMIN)

TRAIL_RULES = {
    ("trail", "GET"): Rule(
        _("查看审计日志"),
        _READERS,
        audit="trail.read",
        menu=Menu(_("管理"), _("审计日志"), "clock-history", 85),
    ),
    ("trail_export", "GET"): Rule(_("导出审计日志"), _READERS, audit="trail.export"),
    ("trail_verify", "POST"): Rule(
        _("校验审计日志"),
        no_object(Role.SECURITY_AUDITOR, Role.SECURITY_ADMIN),
        audit="trail.verify",
    ),
}
