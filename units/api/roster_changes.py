"""One change of a roster by a program: done with a line in the trail, or refused in the words of
the roster's pages.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Model
from rest_framework.exceptions import ValidationError

from accounts.trail import record_for
from units.access.requests import PortalRequest
from units.models import Unit
from units.rest.refusals import NotReadyError, WrongStateError
from units.roster.changing import RosterError, StaleRosterError, TouchesRecordsError, key_of
from units.roster.consequences import Touched, warning_of
from units.roster.terms import digest_of


def lock_roster(unit: Unit) -> None:
    """Nobody else changes the unit's roster until the caller's transaction ends.

    To be called before an entry is locked, in the order of the pages.
    """
    Unit.objects.select_for_update().get(pk=unit.pk)


def change_roster(
    request: PortalRequest,
    unit: Unit,
    act: Callable[..., Model | None],
    *,
    action: str,
    confirmed: str | None,
    after: Mapping[str, Any],
    before: Mapping[str, Any] | None = None,
    names: Mapping[str, str] | None = None,
) -> Any:
    """Makes a change that takes ``seen`` and ``confirmed`` and gives what it was about; the unit
    if nothing is left of that. Call inside a transaction, the roster locked.

    The entry's own version was compared; the rest of the roster a program need not have seen.
    ``names`` are the fields of the API where the service calls them otherwise. Raises
    ValidationError, WrongStateError, and NotReadyError for records not agreed to yet.
    """
    try:
        about = act(seen=digest_of(unit), confirmed=confirmed or "")
    except RosterError as error:
        if not error.field:
            raise WrongStateError(str(error)) from error
        field = (names or {}).get(error.field, error.field)
        raise ValidationError({field: [str(error)]}) from error
    except StaleRosterError as error:
        raise WrongStateError(str(error)) from error
    except TouchesRecordsError as error:
        raise _to_be_confirmed(error.touched) from error
    record_for(request, action=action, about=about or unit, before=before, after=after)
    return about


def _to_be_confirmed(touched: list[Touched]) -> NotReadyError:
    errors = [{"field": "", "code": "touched", "message": str(each)} for each in touched]
    return NotReadyError(warning_of(touched), errors, confirm=key_of(touched))
