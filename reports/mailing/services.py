"""What a person changes about mails: when they go, where they go, whether one goes at all."""

from dataclasses import dataclass
from datetime import datetime
from email.utils import make_msgid
from typing import Any

from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from reports.models import MailSchedule
from reports.transports import NotSentError, OutcomeUnknownError, Transport
from units.models import Unit


class ChangedMeanwhileError(Exception):
    """Somebody else has changed the row since the page was opened; nothing was written."""


@transaction.atomic
def save_schedule(
    *, root: Unit, run: MailSchedule.Run, version: int, values: dict[str, Any]
) -> MailSchedule:
    """The schedule with its new values. `version` is the one seen, 0 where there was none.

    Raises ChangedMeanwhileError.
    """
    if version == 0:
        try:
            with transaction.atomic():
                return MailSchedule.objects.create(root=root, run=run, **values)
        except IntegrityError as error:
            raise ChangedMeanwhileError from error
    seen = MailSchedule.objects.filter(root=root, run=run, version=version)
    if not seen.update(**values, version=F("version") + 1):
        raise ChangedMeanwhileError
    return MailSchedule.objects.get(root=root, run=run)


def save_address(*, unit: Unit, email: str, version: int) -> None:
    """The unit's address; the next look of the planner makes its missed mails good.

    Raises ChangedMeanwhileError.
    """
    seen = Unit.objects.filter(pk=unit.pk, version=version)
    if not seen.update(email=email, version=F("version") + 1):
        raise ChangedMeanwhileError


@dataclass(frozen=True)
class Tried:
    """What became of a test mail, in the server's words where it spoke."""

    ok: bool
    words: str


def send_test(*, to: str, at: datetime, transport: Transport) -> Tried:
    """One mail over the server that is set up, now. Never raises for what a server does."""
    when = timezone.localtime(at, timezone.get_default_timezone())
    message = EmailMessage(
        _("中心组学习管理平台测试邮件"),
        _("这是系统管理员于 %s 发出的测试邮件，收到即说明邮件服务器设置正确。")
        % f"{when:%Y-%m-%d %H:%M}",
        to=[to],
        headers={
            "Message-ID": make_msgid(domain="study-portal"),
            "Auto-Submitted": "auto-generated",
        },
    )
    try:
        transport.open()
        transport.offer(message)
        transport.hand_over(message)
    except NotSentError as error:
        return Tried(ok=False, words=_("没有发出：%s") % error)
    except OutcomeUnknownError as error:
        return Tried(ok=False, words=_("正文传送中连接断开，不能确认是否发出：%s") % error)
    except ValueError as error:
        return Tried(ok=False, words=_("收件地址或发件地址不能使用：%s") % error)
    finally:
        transport.close()
    return Tried(ok=True, words=_("邮件服务器已接收，请到 %s 的收件箱查看。") % to)
