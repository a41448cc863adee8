"""Granting roles, ending them, handing them over on a date."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import User
from units.access.roles import PRIVILEGED_ROLES, SYSTEM_ROLES, Role
from units.models import Assignment, Unit

Origin = Mapping[str, str | None]


class GrantError(ValueError):
    """The role cannot be given or ended so; the message says why to the user."""


class StaleAssignmentError(GrantError):
    """Somebody changed the assignment since it was looked up."""

    def __init__(self) -> None:
        super().__init__(_("这一角色刚才被他人改过，请核对后再试。"))


def _overlapping(user: User, start_date: date, end_date: date | None) -> list[Assignment]:
    held = Assignment.objects.owned_by(user)
    if end_date is not None:
        held = held.filter(start_date__lt=end_date)
    return list(held.filter(Q(end_date__isnull=True) | Q(end_date__gt=start_date)))


def _refuse_mixed_duties(user: User, role: Role, others: list[Assignment]) -> None:
    """One of the three administrators holds no other role: they watch one another, and none of
    them sees study content (GB/T 22239-2019, 8.1.4.2 d and 8.1.5).
    """
    for other in others:
        if other.role != role and {role, Role(other.role)} & SYSTEM_ROLES:
            raise GrantError(
                _("%(name)s已任“%(held)s”，不能同时任“%(role)s”（三员须由不同的人专任）。")
                % {"name": user.full_name, "held": other.get_role_display(), "role": role.label}
            )


def _refuse_clash(user: User, role: Role, unit: Unit, others: list[Assignment]) -> None:
    _refuse_mixed_duties(user, role, others)
    if any(other.role == role and other.unit_id == unit.pk for other in others):
        raise GrantError(_("%(name)s在该时段已任此职。") % {"name": user.full_name})


def _open(
    user: User, role: Role, unit: Unit, start_date: date, end_date: date | None
) -> Assignment:
    User.objects.select_for_update().get(pk=user.pk)
    others = _overlapping(user, start_date, end_date)
    _refuse_clash(user, role, unit, others)
    if role in PRIVILEGED_ROLES and not any(other.role in PRIVILEGED_ROLES for other in others):
        # The password was chosen while shorter ones were allowed.
        User.objects.filter(pk=user.pk).update(must_change_password=True)
    return Assignment.objects.create(
        user=user, role=role, unit=unit, start_date=start_date, end_date=end_date
    )


def _close(assignment: Assignment, on: date) -> None:
    """Ends the row, if it still stands as it was looked up."""
    standing = Assignment.objects.select_for_update().filter(pk=assignment.pk).first()
    if standing is None or standing.end_date != assignment.end_date:
        raise StaleAssignmentError
    if standing.end_date is not None and standing.end_date <= on:
        raise GrantError(_("这一角色届时已经结束，可能已由他人办理。请核对后再试。"))
    if on <= standing.start_date:
        standing.delete()
        return
    Assignment.objects.filter(pk=standing.pk).update(end_date=on)


def _as_recorded(assignment: Assignment) -> dict[str, Any]:
    return {
        "user": assignment.user_id,
        "role": assignment.role,
        "from": assignment.start_date,
        "to": assignment.end_date,
    }


def _record(
    action: str,
    about: Assignment,
    *,
    at: datetime,
    by: User | None,
    origin: Origin | None,
    after: Mapping[str, Any],
    before: Mapping[str, Any] | None = None,
) -> None:
    audit.record(
        action=action,
        at=at,
        actor=by,
        object_type=about._meta.label_lower,
        object_id=about.pk,
        unit_code=about.unit.code,
        before=before,
        after=after,
        **(origin or {}),
    )


def grant(  # noqa: PLR0913  keyword-only; half of them are columns of the trail
    *,
    user: User,
    role: Role,
    unit: Unit,
    start_date: date,
    end_date: date | None = None,
    at: datetime,
    by: User | None = None,
    origin: Origin | None = None,
    told: Mapping[str, Any] | None = None,
) -> Assignment:
    """Gives a role in a unit from a day on, until the day before ``end_date`` if there is one.

    ``origin`` says in the trail from where and in which role ``by`` acted, ``told`` what else is
    to stand there. Raises GrantError for duties that exclude each other, or a role held in the
    unit already.
    """
    with transaction.atomic():
        granted = _open(user, role, unit, start_date, end_date)
        after = {**_as_recorded(granted), **(told or {})}
        _record("assignment.grant", granted, at=at, by=by, origin=origin, after=after)
    return granted


def refuse_grant(
    *, user: User, role: Role, unit: Unit, start_date: date, end_date: date | None
) -> None:
    """Raises GrantError where ``grant`` would; changes nothing."""
    _refuse_clash(user, role, unit, _overlapping(user, start_date, end_date))


def revoke(
    *,
    assignment: Assignment,
    on: date,
    at: datetime,
    by: User | None = None,
    origin: Origin | None = None,
    told: Mapping[str, Any] | None = None,
) -> None:
    """Ends a role: the day is the first without it. One that had not begun vanishes.

    Raises GrantError if it is over by then, StaleAssignmentError if it was changed meanwhile.
    """
    before, after = _as_recorded(assignment), {"to": on, **(told or {})}
    with transaction.atomic():
        _close(assignment, on)
        _record(
            "assignment.revoke", assignment, at=at, by=by, origin=origin, before=before, after=after
        )


def hand_over(
    *,
    assignment: Assignment,
    to: User,
    on: date,
    at: datetime,
    by: User | None = None,
    origin: Origin | None = None,
) -> Assignment:
    """Passes a role on: the successor holds it from the day on which the predecessor's ends.

    Raises GrantError where ``grant`` or ``revoke`` would; then nothing changes.
    """
    until, before = assignment.end_date, _as_recorded(assignment)
    with transaction.atomic():
        _close(assignment, on)
        successor = _open(to, Role(assignment.role), assignment.unit, on, until)
        after = {"assignment": successor.pk, **_as_recorded(successor)}
        _record(
            "assignment.hand_over",
            assignment,
            at=at,
            by=by,
            origin=origin,
            before=before,
            after=after,
        )
    return successor
