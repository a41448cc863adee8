"""A small county with one account for every role, and accounts that must get nowhere."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from accounts.models import User
from units.access.roles import EVERY_ROLE, UNIT_ROLES, Role
from units.models import Assignment, Category, Unit, UnitName

PASSWORD = "Qingshan-5210-lvshui"
START = date(2020, 1, 1)


def make_unit(code: str, name: str, parent: Unit | None = None) -> Unit:
    category, _ = Category.objects.get_or_create(code="bureau", defaults={"name": "局"})
    unit = Unit.objects.create(
        code=code,
        category=category,
        party_body="leading_group",
        parent=parent,
        path=f"{parent.path if parent else ''}{code}/",
        has_group=parent is not None,
    )
    UnitName.objects.create(unit=unit, name=name, short_name=name[-3:])
    return unit


def new_user(username: str, **changes) -> User:
    """An account, not saved yet, that has long set its own password, which is PASSWORD."""
    values = {"must_change_password": False, "password_changed_at": timezone.now()} | changes
    user = User(username=username, full_name=f"测{username}", **values)
    user.set_password(PASSWORD)
    return user


def make_user(username: str, **changes) -> User:
    user = new_user(username, **changes)
    user.save()
    return user


def make_assignment(user: User, role: Role, unit: Unit, **changes) -> Assignment:
    values = {"start_date": START} | changes
    return Assignment.objects.create(user=user, role=role, unit=unit, **values)


@dataclass
class County:
    """甲局 is the clerk's and the approver's unit, 乙局 is not; 外县 lies outside the county."""

    root: Unit
    own: Unit
    sister: Unit
    abroad: Unit
    people: dict[str, User]

    def __getitem__(self, role: str) -> User:
        return self.people[role]


def make_county() -> County:
    root = make_unit("QS", "中共青石县委宣传部")
    own, sister = make_unit("QS001", "青石县甲局", root), make_unit("QS002", "青石县乙局", root)
    abroad = make_unit("BS", "白石县委宣传部")
    overdue = timezone.now() - timedelta(days=91)
    users = [
        *map(new_user, sorted(EVERY_ROLE)),
        new_user("nobody"),
        new_user("ended"),
        new_user("disabled", is_active=False),
        new_user("overdue", password_changed_at=overdue),
        new_user("initial", must_change_password=True),
    ]
    people = {user.username: user for user in User.objects.bulk_create(users)}
    roles = [
        Assignment(
            user=people[role],
            role=role,
            unit=own if role in UNIT_ROLES else root,
            start_date=START,
        )
        for role in sorted(EVERY_ROLE)
    ]
    clerks = {"ended": timezone.localdate(), "disabled": None, "overdue": None, "initial": None}
    roles += [
        Assignment(user=people[name], role=Role.CLERK, unit=own, start_date=START, end_date=last)
        for name, last in clerks.items()
    ]
    Assignment.objects.bulk_create(roles)
    return County(root, own, sister, abroad, people)
