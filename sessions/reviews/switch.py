"""Whether a submission waits for the unit's own approver before the department sees it."""

from datetime import date

from django.db import transaction
from django.db.models import F, Model, QuerySet

from accounts.models import User
from sessions.models import AnnualPlan, StudySession, UnitApproval, UnitReport
from units.access.roles import Role
from units.models import Assignment, Unit

WAITING = (StudySession, AnnualPlan, UnitReport)


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


class StaleSwitchError(Exception):
    """Somebody else turned the switch since its page was opened."""


def setting_of(unit: Unit) -> UnitApproval:
    """The department's own setting; an unsaved one, off, until it has any."""
    return UnitApproval.objects.filter(unit=unit).first() or UnitApproval(unit=unit)


def units_without_approver(department: Unit, on: date) -> list[str]:
    """The short names of units with a group below the department whom nobody approves for."""
    held = Assignment.objects.in_force(on).filter(role=Role.APPROVER, user__is_active=True)
    units = Unit.objects.with_group().below(department).existing_in(on, on).named(on)
    bare = units.exclude(pk__in=held.values("unit"))
    return [getattr(unit, "short_name", None) or unit.code for unit in bare]


def switch_unit_approval(*, unit: Unit, is_on: bool, version: int) -> int:
    """Turns approval inside the units below a department on or off.

    On binds what is submitted from now on. Off lets everything that waits in a unit pass on to
    the department, unless another department above it still asks; how many that were. Raises
    StaleSwitchError, and writes nothing, if ``version`` is not the one stored.
    """
    with transaction.atomic():
        UnitApproval.objects.get_or_create(unit=unit)
        moved = UnitApproval.objects.filter(unit=unit, version=version)
        if moved.update(is_on=is_on, version=F("version") + 1) != 1:
            raise StaleSwitchError
        return 0 if is_on else sum(_release(model, unit) for model in WAITING)


def _release(model: type[Model], unit: Unit) -> int:
    waiting = model._default_manager.filter(awaits_approval=True, unit__path__startswith=unit.path)
    still_on = UnitApproval.objects.filter(is_on=True).values_list("unit__path", flat=True)
    for path in still_on:
        waiting = waiting.exclude(unit__path__startswith=path)
    return waiting.update(awaits_approval=False, version=F("version") + 1)
