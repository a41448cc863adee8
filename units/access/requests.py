"""Who is acting in a request, and what the policy lets them do with it."""

from dataclasses import dataclass

from accounts.models import User
from accounts.requests import AccountRequest
from units.access.rules import Audience, Rule, Scope
from units.models import ApiToken, Assignment


@dataclass(frozen=True)
class Access:
    """The outcome of the policy for one request.

    ``assignment`` is the role the user acts in; None on pages that need no role.
    """

    user: User
    assignment: Assignment | None
    rule: Rule

    @property
    def acting(self) -> Assignment:
        """The assignment, on pages that nobody reaches without one."""
        if self.assignment is None:
            raise LookupError(f"“{self.rule.title}” is open without a role")
        return self.assignment

    @property
    def scope(self) -> Scope:
        if self.rule.audience is not Audience.ROLES:
            return Scope.OWN_ITEMS
        return self.rule.grants[Assignment.Role(self.acting.role)]


class PortalRequest(AccountRequest):
    """A request the access middleware let pass; every page but the public ones has ``access``.

    ``token`` is what another system signed in with; None for a browser.
    """

    access: Access
    token: ApiToken | None
