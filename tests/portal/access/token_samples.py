"""API tokens for the policy test."""

from datetime import timedelta

from django.utils import timezone

from accounts.models import User
from tests.portal.access.account_samples import NOBODYS, make_account
from tests.portal.access.sample import Sample
from tests.portal.county import make_assignment
from units.access.roles import Role
from units.models import ApiToken, Assignment, Unit

BODY = {"name": "办公系统", "scope": "read", "days": "30"}


def make_token(assignment: Assignment, **changes: object) -> ApiToken:
    now = timezone.now()
    values = {
        "name": "取数",
        "scope": "read",
        "digest": f"digest-{ApiToken.objects.count()}",
        "last_characters": "abcd",
        "created_at": now,
        "expires_at": now + timedelta(days=30),
    }
    return ApiToken.objects.create(assignment=assignment, **(values | changes))


def own_role(user: User, unit: Unit) -> Assignment:
    return make_assignment(user, Role.CLERK, unit, start_date=timezone.localdate())


def role_address(user: User, unit: Unit) -> dict[str, object]:
    return {"pk": own_role(user, unit).pk}


def token_address(user: User, unit: Unit) -> dict[str, object]:
    return {"pk": make_token(own_role(user, unit)).pk}


def account_address(user: User, unit: Unit) -> dict[str, object]:
    """An account that has a token."""
    account = make_account(unit)
    make_token(account.assignments.get())
    return {"pk": account.pk}


TOKEN_SAMPLES: dict[tuple[str, str], Sample] = {
    ("token_list", "GET"): Sample(),
    ("token_make", "GET"): Sample(make=role_address, missing=NOBODYS),
    ("token_make", "POST"): Sample(make=role_address, missing=NOBODYS, body=BODY),
    ("token_revoke", "GET"): Sample(make=token_address, missing=NOBODYS),
    ("token_revoke", "POST"): Sample(make=token_address, missing=NOBODYS),
    ("account_tokens_revoke", "POST"): Sample(make=account_address, missing=NOBODYS),
}
