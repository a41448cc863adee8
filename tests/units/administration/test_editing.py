"""Correcting the name and the address of an account."""

import pytest
from django.test import Client

from accounts.models import AuditEvent, User
from tests.portal.county import County, make_assignment, make_county, make_user
from units.access.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def county() -> County:
    return make_county()


@pytest.fixture
def system(county) -> Client:
    browser = Client()
    browser.force_login(county["system_admin"])
    return browser


def edit(browser: Client, user: User, **changes: object):
    fields = {"full_name": "测改名", "email": "new@qingshi.example", "version": 1} | changes
    return browser.post(f"/accounts/{user.pk}/edit/", fields)


def test_name_and_address_change_and_the_trail_tells_both(county, system):
    assert edit(system, county["clerk"]).status_code == 302
    user = User.objects.get(username="clerk")
    assert (user.full_name, user.email, user.version) == ("测改名", "new@qingshi.example", 2)
    line = AuditEvent.objects.get(action="account.edit")
    assert line.before == {"full_name": "测clerk", "email": ""}
    assert line.after == {"full_name": "测改名", "email": "new@qingshi.example"}


def test_the_second_of_two_editors_sees_both_versions_and_may_go_on(county, system):
    edit(system, county["clerk"], full_name="测甲", email="a@qingshi.example")
    page = edit(system, county["clerk"], full_name="测乙", email="b@qingshi.example")
    assert page.status_code == 409
    for words in ("测甲", "测乙", "a@qingshi.example", "b@qingshi.example"):
        assert words in page.content.decode()
    assert User.objects.get(username="clerk").full_name == "测甲"
    version = page.context["form"]["version"].value()
    assert edit(system, county["clerk"], full_name="测乙", version=version).status_code == 302


@pytest.mark.parametrize(
    ("changes", "field"), [({"full_name": ""}, "full_name"), ({"email": "x@"}, "email")]
)
def test_what_is_wrong_stands_at_the_field(county, system, changes, field):
    page = edit(system, county["clerk"], **changes)
    assert field in page.context["form"].errors
    assert not AuditEvent.objects.filter(action="account.edit").exists()


def test_neither_the_user_name_nor_anything_else_can_be_sent_along(county, system):
    edit(system, county["clerk"], username="other", is_active="", password="x")
    user = User.objects.get(pk=county["clerk"].pk)
    assert (user.username, user.is_active, user.password) == (
        "clerk",
        True,
        county["clerk"].password,
    )


def test_outsiders_get_nowhere(county, system):
    far = make_user("far")
    make_assignment(far, Role.CLERK, county.abroad)
    assert edit(system, far).status_code == 404
    for who in ("clerk", "security_admin", "department_admin"):
        browser = Client()
        browser.force_login(county[who])
        assert edit(browser, county["clerk"]).status_code == 403
