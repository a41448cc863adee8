"""What holds for every request before anybody asks who may do what."""

from collections.abc import Callable
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import SignIn, User
from accounts.request_ids import working_on
from accounts.requests import AccountRequest
from accounts.sign_ins import end_sign_in, note_use, sign_in_of, why_over

GetResponse = Callable[[AccountRequest], HttpResponse]


class RequestIdMiddleware:
    """Gives every request an id that stands in the audit trail, the log and on error pages."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: AccountRequest) -> HttpResponse:
        request.id = uuid4().hex
        with working_on(request.id):
            response = self.get_response(request)
        response["X-Request-ID"] = request.id
        return response


class SessionLimitsMiddleware:
    """Ends sessions that idled, aged or were ended elsewhere; pages and API alike.

    Works on the request itself, so no framework's own way of authenticating gets around it. A
    request by API token is left alone: it has no session, and one it may bring along does not
    count as used by it.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: AccountRequest) -> HttpResponse:
        by_token = getattr(request, "token", None) is not None
        if not by_token and isinstance(request.user, User):
            self._judge(request, request.user)
        return self.get_response(request)

    def _judge(self, request: AccountRequest, user: User) -> None:
        now = timezone.now()
        sign_in = sign_in_of(request.session, user)
        end = why_over(sign_in, now) if sign_in else SignIn.End.AGED
        if sign_in is not None and not end:
            note_use(sign_in, now)
            request.sign_in = sign_in
            return
        if sign_in is not None:
            end_sign_in(sign_in=sign_in, at=now, end=end)
        logout(request)
        why = SignIn.End(end).label
        messages.info(request, _("您已退出登录：%(why)s。请重新登录。") % {"why": why})
