"""Who sees the mails and who may stop, send and test them."""

from django.utils.translation import gettext_lazy as _

from units.access.roles import DEPARTMENT_ROLES, Role
from units.access.rules import Menu, Rule, no_object, subtree

_READERS = subtree(*DEPARTMENT_ROLES)
_ADMIN = subtree(Role.DEPARTMENT_ADMIN)
_SYSTEM = no_object(Role.SYSTEM_ADMIN)

MAIL_RULES = {
    ("mail_runs", "GET"): Rule(
        _("查看邮件批次"), _READERS, menu=Menu(_("报表"), _("邮件"), "envelope", 65)
    ),
    ("mail_run", "GET"): Rule(_("查看一批邮件"), _READERS),
    ("mail_upcoming", "GET"): Rule(_("查看尚未排队的邮件"), _READERS),
    ("mail_draft", "GET"): Rule(_("预览尚未排队的邮件"), _READERS),
    ("mail_draft_html", "GET"): Rule(_("预览尚未排队的邮件正文"), _READERS),
    ("mail_detail", "GET"): Rule(_("查看和预览一封邮件"), _READERS),
    ("mail_html", "GET"): Rule(_("预览一封邮件的正文"), _READERS),
    ("mail_hold", "POST"): Rule(_("暂缓一封邮件"), _ADMIN, audit="mail_hold"),
    ("mail_release", "POST"): Rule(_("放行一封邮件"), _ADMIN, audit="mail_release"),
    ("mail_resend", "GET"): Rule(_("打开重发邮件的确认页"), _ADMIN),
    ("mail_resend", "POST"): Rule(_("重发退回或状态不明的邮件"), _ADMIN, audit="mail_resend"),
    ("mail_run_hold", "POST"): Rule(_("暂缓一批邮件"), _ADMIN, audit="mail_hold"),
    ("mail_run_release", "POST"): Rule(_("放行一批邮件"), _ADMIN, audit="mail_release"),
    ("mail_plan", "POST"): Rule(_("立即发送某月的月度邮件"), _ADMIN, audit="mail.plan"),
    ("mail_schedule", "GET"): Rule(_("查看邮件计划"), _READERS),
    ("mail_schedule", "POST"): Rule(_("修改邮件计划"), _ADMIN, audit="mail.schedule"),
    ("mail_addresses", "GET"): Rule(_("查看没有可用邮箱的单位"), _READERS),
    ("mail_address", "GET"): Rule(_("打开修改单位邮箱页"), _ADMIN),
    ("mail_address", "POST"): Rule(_("修改单位邮箱"), _ADMIN, audit="mail.address"),
    ("mail_clock", "POST"): Rule(
        _("确认服务器时钟无误"), no_object(Role.DEPARTMENT_ADMIN), audit="mail.clock"
    ),
    ("mail_test", "GET"): Rule(
        _("查看邮件服务器设置"), _SYSTEM, menu=Menu(_("管理"), _("邮件服务器"), "envelope", 85)
    ),
    ("mail_test", "POST"): Rule(_("发送测试邮件"), _SYSTEM, audit="mail.test"),
}
