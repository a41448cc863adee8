"""What the frame of every page shows."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from portal.access import POLICY
from portal.menu import menu_for
from units.access.requests import Access
from units.models import Assignment


def page(request: HttpRequest) -> dict[str, Any]:
    """Today, and for somebody acting in a role: the role and the navigation it has."""
    access: Access | None = getattr(request, "access", None)
    if access is None or access.assignment is None:
        return {"today": timezone.localdate(), "access": access, "menu": []}
    match = request.resolver_match
    role = Assignment.Role(access.assignment.role)
    return {
        "today": timezone.localdate(),
        "access": access,
        "acting": access.assignment,
        "menu": menu_for(POLICY, role, match.view_name if match else "", request.path),
    }
