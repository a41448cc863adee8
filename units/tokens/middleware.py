"""Signing another system in by the API token it sends with each request."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.addresses import client_address
from accounts.models import AuditEvent
from accounts.trail import record_for
from units.access.middleware import API_PREFIX
from units.access.requests import PortalRequest
from units.models import ApiToken
from units.rest.problems import problem
from units.tokens.guessing import REFUSED, seconds_to_wait
from units.tokens.using import Death, note_use, token_of, why_dead


def _sent(request: HttpRequest) -> str | None:
    """The secret the request brings; None on pages, and for other ways of signing in."""
    if not request.path.startswith(API_PREFIX):
        return None
    scheme, _space, secret = request.headers.get("Authorization", "").partition(" ")
    return secret.strip() if scheme.lower() == "token" else None


class TokenMiddleware:
    """Takes `Authorization: Token …` on addresses of the API, and refuses a bad one.

    A good token alone says who asks, even beside a browser's cookie; it neither opens nor touches
    a session. What the token may do is then the access middleware's question.
    """

    def __init__(self, get_response: Callable[[PortalRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: PortalRequest) -> HttpResponse:
        request.token = None
        secret = _sent(request)
        if secret is not None:
            token, now = token_of(secret), timezone.now()
            death = why_dead(token, now) if token is not None else None
            if token is None or death is not None:
                return self._refuse(request, token, death)
            note_use(token, now, client_address(request))
            request.token, request.user = token, token.assignment.user
        return self.get_response(request)

    def _refuse(
        self, request: PortalRequest, token: ApiToken | None, death: Death | None
    ) -> HttpResponse:
        """Says and notes why, unless this address has sent too many bad ones already."""
        if seconds := seconds_to_wait(client_address(request), timezone.now()):
            minutes = -(-seconds // 60)
            detail = _("来自此地址的无效令牌过多，请 %(minutes)s 分钟后再试。")
            waiting = {"Retry-After": str(seconds)}
            return problem(429, detail % {"minutes": minutes}, headers=waiting)
        record_for(
            request,
            action=REFUSED,
            about=token,
            actor=token.assignment.user if token is not None else None,
            result=AuditEvent.Result.DENIED,
            after={"why": death or "unknown"},
        )
        return problem(401, self._sentence(death), headers={"WWW-Authenticate": "Token"})

    def _sentence(self, death: Death | None) -> str:
        if death is None:
            return _("令牌无效。请核对 Authorization 头中的令牌是否完整。")
        return _("令牌不能使用：%(why)s。请由本人登录网页，在“我的账号”重新建立。") % {
            "why": death.label
        }
