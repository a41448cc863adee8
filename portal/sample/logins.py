"""Accounts of the sample: who enters, reviews, governs, reads, and keeps the system."""

import datetime as dt
from dataclasses import dataclass, field

from accounts.models import User
from portal.sample.county import DOMAIN, County
from portal.sample.people_names import PeopleNames
from portal.sample.request import SampleRequest
from portal.sample.unit_names import CATEGORIES
from units.models import Assignment, Unit

Role = Assignment.Role
DEPARTMENT = (
    ("auditor", Role.AUDITOR),
    ("admin", Role.DEPARTMENT_ADMIN),
    ("leader", Role.COUNTY_LEADER),
    ("sysadmin", Role.SYSTEM_ADMIN),
    ("secadmin", Role.SECURITY_ADMIN),
    ("secauditor", Role.SECURITY_AUDITOR),
)


@dataclass(slots=True)
class Logins:
    """Unsaved users with their assignments; `clerks` by unit code."""

    users: list[User] = field(default_factory=list)
    assignments: list[Assignment] = field(default_factory=list)
    clerks: dict[str, User] = field(default_factory=dict)
    auditor: User | None = None
    admin: User | None = None

    def add(self, username: str, name: str, role: Assignment.Role, unit: Unit, year: int) -> User:
        user = User(username=username, full_name=name, email=f"{username}@{DOMAIN}")
        self.users.append(user)
        self.assignments.append(
            Assignment(user=user, role=role, unit=unit, start_date=dt.date(year, 1, 1))
        )
        return user

    def lines(self) -> list[str]:
        """Who may sign in, for the one who asked for logins."""
        return [
            f"{grant.user.username:<16}{grant.user.full_name}　{Role(grant.role).label}　"
            f"{grant.unit.code}"
            for grant in self.assignments
        ]


def build_logins(county: County, request: SampleRequest, password: str | None) -> Logins:
    """A clerk for the first unit of every category, the department's people, the administrators.

    The very first unit has an approver too, for whoever wants to switch approval in the unit on.
    Without a password nobody can sign in with these accounts.
    """
    logins = Logins()
    names = PeopleNames(request.chance("logins"))
    for username, role in DEPARTMENT:
        user = logins.add(username, names.another(), role, county.root, request.year)
        if role == Role.AUDITOR:
            logins.auditor = user
        elif role == Role.DEPARTMENT_ADMIN:
            logins.admin = user
    for category in CATEGORIES:
        unit = next((m.unit for m in county.members if m.title.category == category), None)
        if unit is not None:
            username = f"clerk-{unit.code.lower()}"
            logins.clerks[unit.code] = logins.add(
                username, names.another(), Role.CLERK, unit, request.year
            )
    first = county.members[0].unit
    logins.add(
        f"approver-{first.code.lower()}", names.another(), Role.APPROVER, first, request.year
    )
    for user in logins.users:
        user.set_password(password)
        user.must_change_password = password is None
    return logins
