"""The access policy of the whole portal, assembled from the rooms."""

from django.utils.translation import gettext_lazy as _

from portal.api.access import API_RULES
from portal.operation.access import OPERATION_RULES
from portal.trail.access import TRAIL_RULES
from reports.access import REPORT_RULES
from sessions.access import SESSION_RULES
from units.access.roles import EVERY_ROLE, SUBTREE_ROLES, SYSTEM_ROLES, UNIT_ROLES, Role
from units.access.routes import ACCOUNT_RULES, UNIT_RULES
from units.access.rules import Menu, Policy, Rule, account, no_object, own_items, public, subtree

_WRITERS = EVERY_ROLE - {Role.DEPARTMENT_ADMIN}

PORTAL_RULES = {
    ("healthz", "GET"): public(_("查询系统是否在运行")),
    ("home", "GET"): Rule(
        _("打开首页"),
        no_object(*UNIT_ROLES, *SYSTEM_ROLES) | subtree(*SUBTREE_ROLES),
        menu=Menu(_("工作台"), _("首页"), "house", 10),
    ),
    ("help", "GET"): account(_("查看使用帮助")),
    ("feedback", "GET"): Rule(
        _("查看意见建议"),
        own_items(*_WRITERS) | subtree(Role.DEPARTMENT_ADMIN),
        menu=Menu(_("服务"), _("意见建议"), "chat", 90),
    ),
    ("feedback", "POST"): Rule(_("提出意见建议"), no_object(*EVERY_ROLE), audit="feedback.write"),
    ("feedback_item", "GET"): Rule(
        _("查看一条意见建议"), own_items(*_WRITERS) | subtree(Role.DEPARTMENT_ADMIN)
    ),
    ("feedback_item", "POST"): Rule(
        _("答复意见建议"), subtree(Role.DEPARTMENT_ADMIN), audit="feedback.answer"
    ),
}

POLICY = Policy(
    ACCOUNT_RULES,
    UNIT_RULES,
    SESSION_RULES,
    REPORT_RULES,
    PORTAL_RULES,
    OPERATION_RULES,
    TRAIL_RULES,
    API_RULES,
)
