"""The words in which other code asks for browser sessions."""

from typing import TYPE_CHECKING, Self

from django.db.models import QuerySet

if TYPE_CHECKING:
    from accounts.models import SignIn, User  # noqa: F401  named in the base class below


class SignInQuerySet(QuerySet["SignIn"]):
    def owned_by(self, user: "User") -> Self:
        return self.filter(user=user)

    def running(self) -> Self:
        """Sessions nobody ended. One left idle is among them until it is next used."""
        return self.filter(ended_at__isnull=True)
