"""Whether a token opens anything, and when it was last used."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from units.models import ApiToken
from units.tokens.keys import digest_of

# How exactly the last use is known; spares a write with each request.
NOTED_EVERY = timedelta(minutes=1)


class Death(StrEnum):
    """Why a token opens nothing, in the words of the trail."""

    REVOKED = "revoked"
    EXPIRED = "expired"
    ACCOUNT = "account"
    ROLE = "role"

    @property
    def label(self) -> str:
        return {
            Death.REVOKED: _("已撤销"),
            Death.EXPIRED: _("已到期"),
            Death.ACCOUNT: _("账号已停用"),
            Death.ROLE: _("角色不在任期内"),
        }[self]


def token_of(secret: str) -> ApiToken | None:
    """The token of the secret, dead or alive, with its role, user and unit."""
    rows = ApiToken.objects.select_related("assignment__user", "assignment__unit")
    return rows.filter(digest=digest_of(secret)).first()


def why_dead(token: ApiToken, now: datetime) -> Death | None:
    """Why the token opens nothing any more, or not yet; None while it lives.

    An expired password is no reason: a token has a term of its own, and the clerk's holidays must
    not stop a nightly job. Nor is a password somebody else demands: whoever never chose one could
    not make a token.
    """
    assignment, today = token.assignment, timezone.localdate(now)
    if token.revoked_at is not None:
        return Death.REVOKED
    if token.expires_at <= now:
        return Death.EXPIRED
    if not assignment.user.is_active:
        return Death.ACCOUNT
    ended = assignment.end_date is not None and assignment.end_date <= today
    return Death.ROLE if ended or assignment.start_date > today else None


def note_use(token: ApiToken, now: datetime, address: str | None) -> None:
    """Remembers when and from where the token was used; of many requests a minute only one."""
    long_ago = Q(last_used_at__isnull=True) | Q(last_used_at__lte=now - NOTED_EVERY)
    if token.last_used_at is None or now - token.last_used_at >= NOTED_EVERY:
        noted = ApiToken.objects.filter(long_ago, pk=token.pk)
        noted.update(last_used_at=now, last_address=address)


@dataclass(frozen=True)
class Line:
    """A token that opens nothing, and why."""

    token: ApiToken
    why: str


def dead_among(tokens: Iterable[ApiToken], now: datetime) -> list[Line]:
    """Those of the tokens that open nothing, in their order."""
    judged = ((token, why_dead(token, now)) for token in tokens)
    return [Line(token, death.label) for token, death in judged if death is not None]
