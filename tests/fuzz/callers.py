"""Who calls the API: somebody in each role, and nobody."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.conf import settings
from django.test import Client
from django.utils import timezone

from tests.portal.county import County
from units.access.roles import EVERY_ROLE, SYSTEM_ROLES, Role
from units.models import ApiToken, Assignment
from units.tokens.services import make

NOBODY = "anonymous"
CALLERS = (*sorted(EVERY_ROLE), NOBODY)
CSRF = "x" * 32


@dataclass(frozen=True)
class Caller:
    """What identifies the caller in each request."""

    name: str
    headers: Mapping[str, str] = field(default_factory=dict)
    cookies: Mapping[str, str] = field(default_factory=dict)


def make_caller(name: str, county: County) -> Caller:
    """Someone with a token that may write; an administrator, who cannot have one, in a browser."""
    if name == NOBODY:
        return Caller(name)
    if name in SYSTEM_ROLES:
        browser = Client()
        browser.force_login(county[name])
        session = browser.cookies[settings.SESSION_COOKIE_NAME].value
        cookies = {settings.SESSION_COOKIE_NAME: session, settings.CSRF_COOKIE_NAME: CSRF}
        return Caller(name, {"X-CSRFToken": CSRF}, cookies)
    assignment = Assignment.objects.get(user=county[name], role=Role(name))
    scope = ApiToken.Scope.WRITE
    _token, secret = make(
        assignment=assignment, name="fuzz", scope=scope, days=30, at=timezone.now()
    )
    return Caller(name, {"Authorization": f"Token {secret}"})
