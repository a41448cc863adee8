"""Making and revoking API tokens, and forgetting those long dead."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import User
from units.access.roles import SYSTEM_ROLES, Role
from units.models import ApiToken, Assignment
from units.tokens.keys import digest_of, new_secret

Origin = Mapping[str, str | None]

# What is forgotten at once is not watched: nobody needs more keys than these.
MOST_LIVING = 20
# Who came in is known for six months at least (Cybersecurity Law, article 23).
KEPT = timedelta(days=184)


class TokenError(ValueError):
    """Such a token cannot be made; the message says why to the user."""


def _refuse(assignment: Assignment, name: str, scope: str, at: datetime) -> None:
    """Raises TokenError for a token that may not be. Locks the account until it is made, so that
    a form sent twice makes one.
    """
    User.objects.select_for_update().get(pk=assignment.user_id)
    in_force = Assignment.objects.in_force(timezone.localdate(at))
    if not in_force.filter(pk=assignment.pk, user__is_active=True).exists():
        raise TokenError(_("这一角色已经失效，不能再建立令牌。"))
    if scope == ApiToken.Scope.WRITE and assignment.role in SYSTEM_ROLES:
        raise TokenError(
            _("%(role)s的令牌只能是“只读”：管理员的变更须本人登录网页办理。")
            % {"role": Role(assignment.role).label}
        )
    living = ApiToken.objects.owned_by(assignment.user).living(at)
    if living.filter(assignment=assignment, name=name).exists():
        raise TokenError(
            _("这一角色已有用途为“%(name)s”的有效令牌。请换一个用途，或先撤销原来的。")
            % {"name": name}
        )
    if living.count() >= MOST_LIVING:
        raise TokenError(
            _("每个账号最多同时有 %(most)s 个有效令牌，请先撤销不用的。") % {"most": MOST_LIVING}
        )


def make(
    *,
    assignment: Assignment,
    name: str,
    scope: str,
    days: int,
    at: datetime,
    origin: Origin | None = None,
) -> tuple[ApiToken, str]:
    """Makes a token that acts in the role for so many days, and its secret, which nobody can ask
    for again. Raises TokenError; the trail never learns the secret.
    """
    secret = new_secret()
    with transaction.atomic():
        _refuse(assignment, name, scope, at)
        token = ApiToken.objects.create(
            assignment=assignment,
            name=name,
            scope=scope,
            digest=digest_of(secret),
            last_characters=secret[-4:],
            created_at=at,
            expires_at=at + timedelta(days=days),
        )
        _record("token.make", token, at=at, by=assignment.user, origin=origin)
    return token, secret


def revoke(*, token: ApiToken, at: datetime, by: User, origin: Origin | None = None) -> bool:
    """From now on the token opens nothing; False if it was revoked before."""
    with transaction.atomic():
        standing = ApiToken.objects.filter(pk=token.pk, revoked_at__isnull=True)
        if standing.update(revoked_at=at) == 0:
            return False
        _record("token.revoke", token, at=at, by=by, origin=origin)
    return True


def revoke_all(*, user: User, at: datetime, by: User, origin: Origin | None = None) -> int:
    """Revokes every token of the account whose time is not up, those of roles that ended too;
    returns how many. One line in the trail says which.
    """
    with transaction.atomic():
        unspent = ApiToken.objects.select_for_update().owned_by(user).unspent(at)
        spent = sorted(unspent.values_list("pk", flat=True))
        if spent:
            ApiToken.objects.filter(pk__in=spent).update(revoked_at=at)
            audit.record(
                action="token.revoke_all",
                at=at,
                actor=by,
                object_type=user._meta.label_lower,
                object_id=user.pk,
                after={"api_tokens": spent},
                **(origin or {}),
            )
    return len(spent)


def forget_dead(*, before: datetime) -> int:
    """Deletes tokens that were revoked or expired before the moment; the trail keeps when they
    were made and revoked. Returns how many; safe to run at any time and twice.
    """
    dead = Q(revoked_at__lt=before) | Q(expires_at__lt=before)
    return ApiToken.objects.filter(dead).delete()[0]


def _record(action: str, token: ApiToken, *, at: datetime, by: User, origin: Origin | None) -> None:
    assignment = token.assignment
    told: dict[str, Any] = {
        "name": token.name,
        "assignment": assignment.pk,
        "role": assignment.role,
        "scope": token.scope,
        "expires_at": token.expires_at,
    }
    audit.record(
        action=action,
        at=at,
        actor=by,
        object_type=token._meta.label_lower,
        object_id=token.pk,
        unit_code=assignment.unit.code,
        after=told,
        **(origin or {}),
    )
