"""A sign-in as over the network, to see whether a portal works on its data."""

from datetime import datetime

from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from units.access.roles import PRIVILEGED_ROLES
from units.models import Assignment


def somebody(now: datetime) -> User | None:
    """An active account with a role in force; one without privileges, if there is one, since
    those may be bound to certain networks.
    """
    held = Assignment.objects.in_force(timezone.localdate(now)).filter(user__is_active=True)
    plain = held.exclude(role__in=PRIVILEGED_ROLES).order_by("pk").first()
    assignment = plain or held.order_by("pk").first()
    return assignment.user if assignment else None


def signs_in(user: User, password: str) -> bool:
    """Whether the account gets over the sign-in page as far as a page behind it."""
    host = next((name.lstrip(".") for name in settings.ALLOWED_HOSTS if name != "*"), "localhost")
    client = Client(raise_request_exception=False, SERVER_NAME=host)
    asked = {"username": user.username, "password": password}
    answer = client.post(reverse("sign_in"), asked, secure=settings.HTTPS, follow=True)
    return answer.status_code == 200 and "_auth_user_id" in client.session
