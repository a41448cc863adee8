"""In which of their roles a user acts."""

from datetime import date

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from accounts.models import SignIn, User
from accounts.requests import AccountRequest
from units.access.requests import PortalRequest
from units.access.roles import PRIVILEGED_ROLES
from units.models import Assignment
from units.querysets import AssignmentQuerySet

SESSION_NAME = "assignment"


def held_by(user: User, today: date) -> AssignmentQuerySet:
    """The user's assignments in force, with unit and its names of the day."""
    held = Assignment.objects.owned_by(user).in_force(today)
    return held.select_related("unit").named(today).order_by("unit__rank_order", "role", "pk")


def act_as(request: AccountRequest, assignment: Assignment) -> None:
    """From now on the user acts in this role; a privileged one ends sooner when left idle."""
    request.session[SESSION_NAME] = assignment.pk
    privileged = assignment.role in PRIVILEGED_ROLES
    minutes = settings.PRIVILEGED_IDLE_MINUTES if privileged else settings.IDLE_MINUTES
    SignIn.objects.filter(pk=request.sign_in.pk).update(idle_minutes=minutes)


def refuse_switched(request: PortalRequest) -> None:
    """What was written for one unit is not kept for another to which its author has switched in
    another tab; the form names its unit as ``for_unit``. Raises PermissionDenied.
    """
    if request.POST.get("for_unit") not in (None, request.access.acting.unit.code):
        raise PermissionDenied(
            _("本页是为另一个单位填写的，打开后您切换过身份，没有保存。请切换回原来的身份再提交。")
        )


def acting_assignment(request: AccountRequest, user: User, today: date) -> Assignment | None:
    """The chosen role, read from the database with each request: what was revoked or handed over
    is gone at once. Somebody with a single role need not choose; None asks for a choice.
    """
    held = held_by(user, today)
    chosen = request.session.get(SESSION_NAME)
    if chosen is not None and (assignment := held.filter(pk=chosen).first()):
        return assignment
    choices = list(held[:2])
    if len(choices) != 1:
        return None
    act_as(request, choices[0])
    return choices[0]
