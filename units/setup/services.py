"""The first start: a department as the root of all units, and who administers it."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import OneTimeLink, User
from accounts.one_time_links import create_link, use_link
from units.access.roles import Role
from units.assignments import grant
from units.models import Category, Unit, UnitName

# The three administrators, and the department's own.
FIRST_ROLES = (
    Role.SYSTEM_ADMIN,
    Role.SECURITY_ADMIN,
    Role.SECURITY_AUDITOR,
    Role.DEPARTMENT_ADMIN,
)


class LinkUsedError(ValueError):
    """Somebody else has used the link meanwhile."""


@dataclass(frozen=True)
class Invitation:
    """An administrator named at the first start, and the token that lets him set his password."""

    user: User
    role: Role
    token: str


def root_unit() -> Unit | None:
    return Unit.objects.filter(parent__isnull=True).first()


def create_root(*, code: str, name: str, short_name: str) -> Unit:
    """The department as a unit without a group of its own (see docs/decisions/0003)."""
    category, _ = Category.objects.get_or_create(code="department", defaults={"name": "主管部门"})
    root = Unit.objects.create(
        code=code,
        category=category,
        party_body=Unit.PartyBody.COMMITTEE,
        path=f"{code}/",
        has_group=False,
    )
    UnitName.objects.create(unit=root, name=name, short_name=short_name)
    return root


def name_first_administrators(
    *,
    link: OneTimeLink,
    root: Unit | dict[str, str],
    people: dict[Role, tuple[str, str]],
    at: datetime,
) -> list[Invitation]:
    """Creates the accounts of ``people`` (role: user name, full name) and uses the link up.

    ``root`` is the department, or what to create it from. Nobody gets a password: each gets a
    link of his own to set it. Raises LinkUsedError if the link was used meanwhile.
    """
    with transaction.atomic():
        if not use_link(link=link, at=at):
            raise LinkUsedError
        unit = root if isinstance(root, Unit) else create_root(**root)
        invitations = []
        for role, (username, full_name) in people.items():
            user = User.objects.create_user(username=username, full_name=full_name)
            grant(user=user, role=role, unit=unit, start_date=timezone.localdate(at), at=at)
            invitations.append(Invitation(user, role, create_link(user=user, at=at)))
    return invitations
