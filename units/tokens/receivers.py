"""What an account's new password means for the keys made before it."""

from datetime import datetime
from typing import Any

from django.dispatch import receiver

from accounts.models import User
from accounts.signals import password_set_by_link
from units.assignments import Origin
from units.tokens.services import revoke_all


@receiver(password_set_by_link)
def on_password_set_by_link(user: User, at: datetime, origin: Origin, **kwargs: Any) -> None:
    """A link is how an account is won back: whoever had got into it may have made tokens too."""
    revoke_all(user=user, at=at, by=user, origin=origin)
