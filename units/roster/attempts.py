"""One try to change a roster from a page: done, wrong, overtaken, or to be confirmed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.forms import Form

from accounts.trail import record_for
from units.access.requests import PortalRequest
from units.roster.changing import RosterError, StaleRosterError, TouchesRecordsError, key_of
from units.roster.consequences import Touched, warning_of

Act = Callable[[str, str], Model]


@dataclass(slots=True)
class Attempt:
    """``touched`` are the records to agree to, by sending ``key`` along."""

    is_done: bool = False
    is_stale: bool = False
    touched: list[Touched] = field(default_factory=list)
    key: str = ""

    @property
    def warning(self) -> str:
        return warning_of(self.touched)

    @property
    def status(self) -> int:
        """What the page that is shown again answers with."""
        if self.is_stale:
            return 409
        return 200 if self.touched else 400


def attempt(
    request: PortalRequest,
    form: Form,
    act: Act,
    *,
    action: str,
    before: Mapping[str, Any] | None = None,
) -> Attempt:
    """Makes a change that takes ``seen`` and ``confirmed`` and gives what it was about.

    What cannot be done becomes an error of the form; what is done leaves a line in the trail.
    """
    sent = (request.POST.get("seen", ""), request.POST.get("confirmed", ""))
    try:
        with transaction.atomic():
            about = act(*sent)
            record_for(request, action=action, about=about, before=before, after=form.cleaned_data)
    except RosterError as error:
        form.add_error(error.field if error.field in form.fields else None, str(error))
    except StaleRosterError:
        return Attempt(is_stale=True)
    except TouchesRecordsError as error:
        return Attempt(touched=error.touched, key=key_of(error.touched))
    else:
        return Attempt(is_done=True)
    return Attempt()
