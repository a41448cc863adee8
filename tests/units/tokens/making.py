"""A county whose clerk has a token, and a client that sends it."""

from typing import Any

from django.test import Client
from django.utils import timezone

from accounts.models import User
from units.models import ApiToken, Assignment
from units.tokens.services import make


def make_secret(user: User, *, scope: str = "read", **changes: Any) -> tuple[ApiToken, str]:
    """A living token of the user's only role, and its secret."""
    values: dict[str, Any] = {"name": "取数", "days": 90, "at": timezone.now()} | changes
    return make(assignment=Assignment.objects.get(user=user), scope=scope, **values)


def caller(secret: str, **headers: str) -> Client:
    """A program without cookies that would be asked for a form's token as a browser is."""
    return Client(headers={"Authorization": f"Token {secret}", **headers}, enforce_csrf_checks=True)
