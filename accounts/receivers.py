"""What follows from signing in, failing to, and signing out."""

from typing import Any

from axes.signals import user_locked_out
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from accounts.addresses import client_address
from accounts.lockout import username_tried
from accounts.models import AuditEvent, SignIn, User
from accounts.sign_ins import SESSION_NAME, end_sign_in, open_sign_in, sign_in_of
from accounts.trail import record_for, record_refusal


@receiver(user_logged_in)
def on_sign_in(request: HttpRequest, user: User, **kwargs: Any) -> None:
    sign_in = open_sign_in(
        user=user,
        at=timezone.now(),
        address=client_address(request),
        device=request.META.get("HTTP_USER_AGENT", ""),
    )
    request.session[SESSION_NAME] = sign_in.pk
    record_for(request, action="account.sign_in", about=user, actor=user)


@receiver(user_logged_out)
def on_sign_out(request: HttpRequest, user: User | None, **kwargs: Any) -> None:
    sign_in = sign_in_of(request.session, user) if user is not None else None
    if sign_in is None:
        return
    if end_sign_in(sign_in=sign_in, at=timezone.now(), end=SignIn.End.SIGNED_OUT):
        record_for(request, action="account.sign_out", about=user, actor=user)


def _record_failure(request: HttpRequest, action: str, username: str) -> None:
    # A name that is no account's is not written down: people type passwords into that field.
    tried = User.objects.filter(username__iexact=username).first()
    record_refusal(request, action=action, about=tried, result=AuditEvent.Result.FAILED)


@receiver(user_login_failed)
def on_failure(
    credentials: dict[str, Any], request: HttpRequest | None = None, **kwargs: Any
) -> None:
    if request is not None and not getattr(request, "axes_locked_out", False):
        _record_failure(request, "account.sign_in", username_tried(request, credentials))


@receiver(user_locked_out)
def on_lock_out(request: HttpRequest, username: str, **kwargs: Any) -> None:
    _record_failure(request, "account.lock_out", username)
