"""Granting roles, ending them, handing them over on a date."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import User
from units.access.roles import SYSTEM_ROLES, Role
from units.models import Assignment, Unit


class GrantError(ValueError):
    """The role cannot be given so; the message says why to the user."""


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


def grant(
    *,
    user: User,
    role: Role,
    unit: Unit,
    start_date: date,
    end_date: date | None = None,
    at: datetime,
    by: User | None = None,
) -> Assignment:
    """Gives a role in a unit from a day on, until the day before ``end_date`` if there is one.

    Raises GrantError for duties that exclude each other, or a role held in the unit already.
    """
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        others = _overlapping(user, start_date, end_date)
        _refuse_mixed_duties(user, role, others)
        if any(other.role == role and other.unit_id == unit.pk for other in others):
            raise GrantError(_("%(name)s在该时段已任此职。") % {"name": user.full_name})
        granted = Assignment.objects.create(
            user=user, role=role, unit=unit, start_date=start_date, end_date=end_date
        )
        audit.record(
            action="assignment.grant",
            at=at,
            actor=by,
            object_type="units.assignment",
            object_id=granted.pk,
            unit_code=unit.code,
            after={"user": user.pk, "role": role, "from": start_date, "to": end_date},
        )
    return granted


def revoke(*, assignment: Assignment, on: date, at: datetime, by: User | None = None) -> None:
    """Ends a role: the day is the first without it. One that had not begun vanishes."""
    with transaction.atomic():
        audit.record(
            action="assignment.revoke",
            at=at,
            actor=by,
            object_type="units.assignment",
            object_id=assignment.pk,
            before={"user": assignment.user_id, "role": assignment.role, "to": assignment.end_date},
            after={"to": on},
        )
        if on <= assignment.start_date:
            assignment.delete()
            return
        assignment.end_date = on
        assignment.save(update_fields=["end_date"])


def hand_over(
    *, assignment: Assignment, to: User, on: date, at: datetime, by: User | None = None
) -> Assignment:
    """Passes a role on: the successor holds it from the day on which the predecessor's ends."""
    until = assignment.end_date
    with transaction.atomic():
        revoke(assignment=assignment, on=on, at=at, by=by)
        return grant(
            user=to,
            role=Role(assignment.role),
            unit=assignment.unit,
            start_date=on,
            end_date=until if until is not None and until > on else None,
            at=at,
            by=by,
        )
