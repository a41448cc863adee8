"""The policy as Django REST framework asks for it."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the framework loads this module while its own views are half loaded
    from rest_framework.request import Request
    from rest_framework.views import APIView


class AllowedByPolicy:
    """Nobody passes whom the access middleware has not let pass. The framework's views skip
    Django's own sign-in requirement and would allow everybody without this.
    """

    def has_permission(self, request: "Request", view: "APIView") -> bool:
        return hasattr(request._request, "access")

    def has_object_permission(self, request: "Request", view: "APIView", obj: object) -> bool:
        """Objects come from scoped querysets only, so one that was found may be shown."""
        return self.has_permission(request, view)
