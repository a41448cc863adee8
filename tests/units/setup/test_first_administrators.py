"""The first start: nobody can get in until somebody at the machine makes a link."""

import re
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client

from accounts import audit
from accounts.models import User
from tests.portal.county import make_unit, make_user
from units.access.roles import Role
from units.models import Assignment, Unit
from units.setup.services import FIRST_ROLES

pytestmark = pytest.mark.django_db

PEOPLE = {
    field: value
    for number, role in enumerate(FIRST_ROLES)
    for field, value in {
        f"{role}_username": f"admin{number}x",
        f"{role}_full_name": f"测管{number}",
    }.items()
}
DEPARTMENT = {"name": "中共青石县委宣传部", "short_name": "青石县", "code": "QS"}


@pytest.fixture
def address() -> str:
    out = StringIO()
    call_command("create_setup_link", stdout=out)
    return out.getvalue().strip().removeprefix("http://127.0.0.1:8000")


def test_a_fresh_portal_has_no_account():
    assert not User.objects.exists()


def test_the_link_sets_up_department_and_four_people_without_passwords(address):
    page = Client().post(address, {**PEOPLE, **DEPARTMENT}).content.decode()
    assert Unit.objects.get().has_group is False
    assert set(Assignment.objects.values_list("role", flat=True)) == set(FIRST_ROLES)
    assert not any(user.has_usable_password() for user in User.objects.all())
    assert len(set(re.findall(r"/links/[\w-]+/password/", page))) == 4
    assert Client().get(address).status_code == 404
    assert audit.follow_chain().broken_at is None


def test_an_existing_department_is_taken(address):
    root = make_unit("BS", "白石县委宣传部")
    assert "部门编码" not in Client().get(address).content.decode()
    Client().post(address, PEOPLE)
    assert set(Assignment.objects.values_list("unit", flat=True)) == {root.pk}


def test_one_person_cannot_hold_two_of_the_offices(address):
    same = {f"{Role.SECURITY_ADMIN}_username": PEOPLE[f"{Role.SYSTEM_ADMIN}_username"].upper()}
    page = Client().post(address, {**PEOPLE, **DEPARTMENT, **same}).content.decode()
    assert "不同的人" in page
    assert not User.objects.exists()


def test_once_there_is_an_account_the_link_is_over(address):
    make_user("clerk")
    assert Client().post(address, {**PEOPLE, **DEPARTMENT}).status_code == 404
