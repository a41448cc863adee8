"""One mail: what it says, what became of it, and what a person may do about it."""

from collections.abc import Callable

from django.contrib import messages
from django.core.mail import EmailMultiAlternatives
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.trail import origin_of
from reports import mail_by_hand
from reports.delivery import WAITING
from reports.emails.addresses import usable
from reports.emails.compose import compose
from reports.mailing.forms import ResendForm
from reports.mailing.frames import framed, html_of
from reports.mailing.previewing import NothingToSayError, draft
from reports.mailing.reading import TONES
from reports.mailing.run_views import may_change
from reports.models import Delivery, MailSchedule
from reports.periods import Month
from reports.wake import wake_after_commit
from sessions.pages.names import short_names
from units.access.objects import find
from units.access.requests import PortalRequest
from units.models import Unit

State = Delivery.State
_MAILS = Delivery.objects.select_related("run__closing", "run__root", "unit")


def _composed(mail: Delivery) -> EmailMultiAlternatives | None:
    """The message as it would be sent now; None if it cannot be put together."""
    message = compose([mail.pk]).get(mail.pk)
    return message if isinstance(message, EmailMultiAlternatives) else None


@require_safe
def mail_detail(request: PortalRequest, pk: int) -> HttpResponse:
    mail = find(request, _MAILS.all(), pk=pk)
    message = _composed(mail)
    names = short_names([mail.unit_id], timezone.localdate())
    context = {
        "mail": mail,
        "unit": names.get(mail.unit_id, mail.unit.code),
        "tone": TONES[State(mail.state)],
        "period": Month.parse(mail.period).label,
        "message": message,
        "attachments": [part[0] for part in message.attachments] if message else [],
        "can_hold": mail.state in WAITING,
        "can_release": mail.state == State.HELD,
        "can_resend": mail.state in (State.UNKNOWN, State.BOUNCED),
        "may_change": may_change(request),
    }
    return render(request, "reports/mailing/detail.html", context)


@framed
@require_safe
def mail_html(request: PortalRequest, pk: int) -> HttpResponse:
    message = _composed(find(request, _MAILS.all(), pk=pk))
    return HttpResponse(html_of(message) if message else _("这封邮件无法生成。"))


def _draft(request: PortalRequest, run: str, period: str, code: str) -> EmailMultiAlternatives:
    if run not in MailSchedule.Run.values:
        raise Http404
    try:
        month = Month.parse(period)
    except ValueError as error:
        raise Http404 from error
    unit = find(request, Unit.objects.all(), code=code)
    return draft(
        root=request.access.acting.unit,
        run=MailSchedule.Run(run),
        month=month,
        unit=unit,
        now=timezone.now(),
    )


@require_safe
def mail_draft(request: PortalRequest, run: str, period: str, code: str) -> HttpResponse:
    """A mail that is not queued yet, as it would read now."""
    message, nothing = None, ""
    try:
        message = _draft(request, run, period, code)
    except NothingToSayError as error:
        nothing = str(error)
    context = {
        "run": run,
        "period": period,
        "code": code,
        "message": message,
        "nothing": nothing,
    }
    return render(request, "reports/mailing/draft.html", context)


@framed
@require_safe
def mail_draft_html(request: PortalRequest, run: str, period: str, code: str) -> HttpResponse:
    try:
        return HttpResponse(html_of(_draft(request, run, period, code)))
    except NothingToSayError as nothing:
        return HttpResponse(str(nothing), content_type="text/plain; charset=utf-8")


def _move(request: PortalRequest, mail: Delivery, step: Callable[..., None], said: str) -> None:
    """Takes one step with a mail and says so; if its state has changed meanwhile, says that."""
    try:
        step(mail, by=request.access.user, at=timezone.now(), origin=origin_of(request))
    except mail_by_hand.WrongStateError as error:
        messages.error(request, str(error))
    else:
        wake_after_commit("send_due")
        messages.success(request, said)


@require_POST
def mail_hold(request: PortalRequest, pk: int) -> HttpResponse:
    _move(request, find(request, _MAILS.all(), pk=pk), mail_by_hand.hold, _("已暂缓，不会发出。"))
    return redirect("mail_detail", pk=pk)


@require_POST
def mail_release(request: PortalRequest, pk: int) -> HttpResponse:
    mail = find(request, _MAILS.all(), pk=pk)
    _move(request, mail, mail_by_hand.release, _("已放行，马上发送。"))
    return redirect("mail_detail", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def mail_resend(request: PortalRequest, pk: int) -> HttpResponse:
    """Sends a refused mail to the address of today, or one of unknown fate once more."""
    mail = find(request, _MAILS.all(), pk=pk)
    if mail.state not in (State.UNKNOWN, State.BOUNCED):
        messages.info(request, _("只有“退回”和“状态不明”的邮件可以重发。"))
        return redirect("mail_detail", pk=pk)
    is_unknown = mail.state == State.UNKNOWN
    form = ResendForm(request.POST if request.method == "POST" else None)
    can_reach = is_unknown or usable(mail.unit.email)
    if request.method == "POST" and can_reach and (not is_unknown or form.is_valid()):
        step = mail_by_hand.resend_unknown if is_unknown else mail_by_hand.resend_bounced
        _move(request, mail, step, _("已重新排队，马上发送。"))
        return redirect("mail_detail", pk=pk)
    context = {
        "mail": mail,
        "period": Month.parse(mail.period).label,
        "form": form if is_unknown else None,
        "can_reach": can_reach,
        "to": mail.recipient if is_unknown else mail.unit.email,
    }
    return render(request, "reports/mailing/resend.html", context)
