"""What was refused stands in the audit trail, wherever it was refused."""

from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404

from accounts.trail import record_refusal
from units.access.requests import PortalRequest


class OutOfReach(Http404):
    """There is such an object, but not for who asks: to them it is as absent as a missing one."""

    def __init__(self, row: Model) -> None:
        super().__init__()
        self.row = row


def note_refusal(request: PortalRequest, action: str, **more: str) -> None:
    """One line about a request that was refused before it reached an object."""
    match = request.resolver_match
    record_refusal(
        request,
        action=action,
        after={
            "route": match.view_name if match else "",
            "method": request.method,
            "object": {name: str(value) for name, value in match.kwargs.items()} if match else {},
            **more,
        },
    )


def note_exception(request: PortalRequest, exception: Exception) -> None:
    """One line about what a view refused itself. Called when its transaction is over: with a
    transaction that is rolled back a line written earlier would go too.
    """
    if isinstance(exception, OutOfReach):
        record_refusal(request, action="access.foreign", about=exception.row)
    elif isinstance(exception, PermissionDenied):
        note_refusal(request, "access.refused", why=str(exception))
