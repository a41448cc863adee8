"""Whether a submission waits for the unit's own approver before the department sees it."""

from datetime import date

from django.db.models import QuerySet

from accounts.models import User
from sessions.models import UnitApproval
from units.access.roles import Role
from units.models import Assignment, Unit


def must_be_approved(unit: Unit, by: User | None, on: date) -> bool:
    """Whether what ``by`` submits for the unit on the day waits in the unit.

    It does where a department above the unit asks for it and somebody other than the submitter
    is there to approve. Where nobody is, it goes straight to the department: nothing may wait for
    somebody who does not exist (docs/decisions/0007).
    """
    return is_asked_of(unit) and approvers_of(unit, on).exclude(user=by).exists()


def is_asked_of(unit: Unit) -> bool:
    """Whether a department above the unit has switched approval inside the unit on."""
    codes = unit.path.strip("/").split("/")
    return UnitApproval.objects.filter(is_on=True, unit__code__in=codes).exists()


def approvers_of(unit: Unit, on: date) -> QuerySet[Assignment]:
    """Who approves for the unit on the day."""
    held = Assignment.objects.in_force(on).filter(unit=unit, role=Role.APPROVER)
    return held.filter(user__is_active=True)
