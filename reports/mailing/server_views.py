"""The mail server as the system administrator sees it, and a mail to try it."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.trail import record_for
from reports.emails.addresses import usable
from reports.mailing.services import Tried, send_test
from reports.transports import configured_transport
from units.access.requests import PortalRequest

TIMEOUT = 8
"""Seconds for each answer: somebody is waiting for the page."""
_SMTP = "django.core.mail.backends.smtp.EmailBackend"


@require_http_methods(["GET", "HEAD", "POST"])
def mail_test(request: PortalRequest) -> HttpResponse:
    """Sends one mail to the administrator's own address and shows what the server said."""
    to = request.access.user.email
    tried: Tried | None = None
    if request.method == "POST":
        if usable(to):
            tried = send_test(
                to=to, at=timezone.now(), transport=configured_transport(timeout=TIMEOUT)
            )
        else:
            tried = Tried(ok=False, words=_("您的账号没有填写可用的电子邮箱，无法发送。"))
        after = {"ok": tried.ok, "words": tried.words}
        record_for(request, action="mail.test", about=request.access.user, after=after)
    context = {"to": to if usable(to) else "", "tried": tried, "server": _server()}
    return render(request, "reports/mailing/server.html", context)


def _server() -> list[tuple[str, str]]:
    """What is set up, in words; never the password."""
    if settings.EMAIL_BACKEND != _SMTP:
        folder = _("没有设置邮件服务器，邮件写入文件夹 %s") % settings.OUTBOX_DIR
        return [(_("发送方式"), folder), (_("发件人"), settings.DEFAULT_FROM_EMAIL)]
    secure = "SSL" if settings.EMAIL_USE_SSL else "STARTTLS" if settings.EMAIL_USE_TLS else ""
    return [
        (_("发送方式"), "SMTP"),
        (_("服务器"), f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"),
        (_("加密"), secure or _("不加密")),
        (_("登录用户"), settings.EMAIL_HOST_USER or _("不登录")),
        (_("发件人"), settings.DEFAULT_FROM_EMAIL),
        (_("超时"), _("%s 秒") % settings.EMAIL_TIMEOUT),
    ]
