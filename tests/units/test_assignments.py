from datetime import date

import pytest
from django.utils import timezone

from accounts.models import AuditEvent
from tests.portal.county import make_unit, make_user
from units.access.roles import PRIVILEGED_ROLES, Role
from units.assignments import GrantError, grant, hand_over, revoke
from units.models import Assignment

pytestmark = pytest.mark.django_db

MARCH, JULY, NEXT_YEAR = date(2026, 3, 1), date(2026, 7, 1), date(2027, 1, 1)


def give(user, role=Role.CLERK, unit=None, start=MARCH, **more) -> Assignment:
    unit = unit or make_unit("QS001", "青石县甲局")
    return grant(user=user, role=role, unit=unit, start_date=start, at=timezone.now(), **more)


@pytest.mark.parametrize(
    ("held", "wanted", "is_refused"),
    [
        (Role.CLERK, Role.APPROVER, False),
        (Role.AUDITOR, Role.DEPARTMENT_ADMIN, False),
        (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, True),
        (Role.SECURITY_AUDITOR, Role.SYSTEM_ADMIN, True),
        (Role.CLERK, Role.SYSTEM_ADMIN, True),
        (Role.SECURITY_ADMIN, Role.AUDITOR, True),
        (Role.CLERK, Role.CLERK, True),
    ],
)
def test_which_duties_go_together(held, wanted, is_refused):
    user = make_user("wang")
    first = give(user, held)
    if is_refused:
        with pytest.raises(GrantError, match="测wang"):
            give(user, wanted, first.unit)
    else:
        assert give(user, wanted, first.unit).role == wanted


@pytest.mark.parametrize("role", list(Role))
def test_a_new_administrator_must_choose_a_longer_password(role):
    user = make_user("wang")
    give(user, role)
    user.refresh_from_db()
    assert user.must_change_password == (role in PRIVILEGED_ROLES)


def test_duties_may_follow_each_other():
    user = make_user("wang")
    first = give(user, Role.SYSTEM_ADMIN, end_date=JULY)
    assert give(user, Role.CLERK, first.unit, JULY).start_date == JULY


def test_handing_over_on_a_date_leaves_no_gap_and_no_overlap():
    old, new = make_user("old"), make_user("new")
    first = give(old, end_date=NEXT_YEAR)
    second = hand_over(assignment=first, to=new, on=JULY, at=timezone.now())
    holders = [
        [each.user for each in Assignment.objects.in_force(day)]
        for day in (MARCH, date(2026, 6, 30), JULY, date(2026, 12, 31), NEXT_YEAR)
    ]
    assert holders == [[old], [old], [new], [new], []]
    assert (second.role, second.unit) == (first.role, first.unit)


def test_a_refused_successor_leaves_the_predecessor_in_office():
    first, other = give(make_user("old")), make_user("new")
    give(other, Role.SYSTEM_ADMIN, first.unit)
    with pytest.raises(GrantError):
        hand_over(assignment=first, to=other, on=JULY, at=timezone.now())
    first.refresh_from_db()
    assert first.end_date is None


def test_what_had_not_begun_vanishes_and_stays_in_the_trail():
    first = give(make_user("wang"), start=NEXT_YEAR)
    revoke(assignment=first, on=JULY, at=timezone.now())
    assert not Assignment.objects.exists()
    actions = list(AuditEvent.objects.values_list("action", flat=True))
    assert actions == ["assignment.grant", "assignment.revoke"]
