"""Who calls the API, as the middleware found out: by a token, or by a browser's session."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from rest_framework.authentication import CSRFCheck, SessionAuthentication
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request

from accounts.models import User


def _answered(request: HttpRequest) -> HttpResponse:
    """Stands in for the rest of the stack: only the check is wanted."""
    return HttpResponse()


class MiddlewareAuthentication(SessionAuthentication):
    """Believes the middleware. Only a session, which browsers send by themselves, must bring
    Django's CSRF token with every write.
    """

    def authenticate(self, request: Request) -> tuple[User, object] | None:
        token = getattr(request._request, "token", None)
        if token is not None and isinstance(request._request.user, User):
            return request._request.user, token
        return super().authenticate(request)

    def enforce_csrf(self, request: Request) -> None:
        """Raises PermissionDenied for a write of a browser without the token of its session."""
        check = CSRFCheck(_answered)
        check.process_request(request)
        if check.process_view(request, _answered, (), {}) is not None:
            raise PermissionDenied(
                _("以网页登录身份调用接口时，须带 X-CSRFToken；程序调用请使用接口令牌。")
            )
