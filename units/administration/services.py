"""What administrators may not do, neither to themselves nor to their own supervision."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.administering import AccountError, disable_account
from accounts.models import User
from units.access.roles import SYSTEM_ROLES, Role
from units.assignments import GrantError, Origin, grant, revoke
from units.models import Assignment
from units.tokens.services import revoke_all


def _refuse_last(user: User, roles: set[str], on: date) -> None:
    """Each of the three administrators must have a holder who can sign in: without one of them
    nobody could grant, unlock or supervise any more. Locks the holders until the change is made.
    """
    held = Assignment.objects.select_for_update().in_force(on).select_related("user")
    holders = list(held.filter(role__in=roles & SYSTEM_ROLES).order_by("pk"))
    for role in roles & SYSTEM_ROLES:
        others = {each.user_id for each in holders if each.role == role and each.user.is_active}
        if not others - {user.pk}:
            raise AccountError(
                _("%(name)s是唯一的%(role)s，请先由安全管理员移交该角色。")
                % {"name": user.full_name, "role": Role(role).label}
            )


def disable(
    *, user: User, by: User, today: date, at: datetime, origin: Origin | None = None
) -> None:
    """Disables somebody else's account and revokes its API tokens for good: enabled again, it
    wakes no system its owner may have forgotten. Raises AccountError for one's own, for the only
    holder of an administrator's role, and for an account that is disabled already.
    """
    if user.pk == by.pk:
        raise AccountError(_("不能停用自己的账号。"))
    with transaction.atomic():
        roles = Assignment.objects.owned_by(user).in_force(today).values_list("role", flat=True)
        _refuse_last(user, set(roles), today)
        if not disable_account(user=user, at=at):
            raise AccountError(_("该账号已经停用。"))
        revoke_all(user=user, at=at, by=by, origin=origin)


def grant_role(*, user: User, by: User, **values: Any) -> Assignment:
    """Grants a role to somebody else; takes and raises what ``grant`` does, and for oneself."""
    if user.pk == by.pk:
        raise GrantError(_("不能给自己授予角色，请由另一名安全管理员办理。"))
    return grant(user=user, by=by, **values)


def revoke_role(*, assignment: Assignment, on: date, by: User, **values: Any) -> None:
    """Revokes a role of somebody else, as ``revoke`` does. Raises GrantError for one's own too,
    AccountError for the only holder of an administrator's role.
    """
    if assignment.user_id == by.pk:
        raise GrantError(_("不能收回自己的角色，可以移交给接任人。"))
    with transaction.atomic():
        if assignment.start_date <= on:
            _refuse_last(assignment.user, {assignment.role}, on)
        revoke(assignment=assignment, on=on, by=by, **values)
