"""The only way from an address to an object: through what the route's scope reaches."""

from typing import Any, TypeVar

from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from units.access.noting import OutOfReach
from units.access.requests import PortalRequest
from units.access.rules import Scope

Row = TypeVar("Row", bound=Model)


def reachable(request: PortalRequest, rows: QuerySet[Row]) -> QuerySet[Row]:
    """The rows this route may touch for this user.

    Asks the queryset for its own words: ``visible_to`` the acting role, ``owned_by`` the user, or
    ``administered_by`` the acting role. Rows of what was studied do not know the last word.
    """
    access = request.access
    words: Any = rows
    if access.scope is Scope.NONE:
        raise ImproperlyConfigured(f"“{access.rule.title}” is declared to be about no object")
    reached: QuerySet[Row]
    if access.scope is Scope.OWN_ITEMS:
        reached = words.owned_by(access.user)
    elif access.scope is Scope.ACCOUNTS:
        reached = words.administered_by(access.acting)
    else:
        reached = words.visible_to(access.acting)
    return reached


def find(request: PortalRequest, rows: QuerySet[Row], **lookup: Any) -> Row:
    """The object at the address.

    A foreign object is as absent as a missing one (404), but noted in the trail once the view is
    done. In a state the rule does not name it is refused with a sentence (403).
    """
    row = reachable(request, rows).filter(**lookup).first()
    if row is None:
        foreign = rows.filter(**lookup).first()
        if foreign is not None:
            raise OutOfReach(foreign)
        raise Http404
    _refuse_wrong_state(request, row)
    return row


def _refuse_wrong_state(request: PortalRequest, row: Any) -> None:
    rule = request.access.rule
    if rule.states and row.status not in rule.states:
        raise PermissionDenied(
            _("当前状态为“%(status)s”，不能%(action)s。")
            % {"status": row.get_status_display(), "action": rule.title}
        )
