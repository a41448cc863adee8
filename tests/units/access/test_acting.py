"""The role a user acts in: chosen, switched, dated, gone when it ends."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import AuditEvent
from tests.portal.county import make_assignment, make_county, make_user
from units.access.roles import Role
from units.models import Assignment

pytestmark = pytest.mark.django_db


@pytest.fixture
def county():
    return make_county()


@pytest.fixture
def both(county):
    """Somebody who is clerk of 甲局 and of 乙局, signed in."""
    user, browser = make_user("both"), Client()
    first = make_assignment(user, Role.CLERK, county.own)
    second = make_assignment(user, Role.CLERK, county.sister)
    browser.force_login(user)
    return browser, first, second


def test_somebody_with_several_roles_chooses_first(both):
    browser, _, second = both
    assert browser.get("/").headers["Location"] == "/roles/"
    browser.post(f"/roles/{second.pk}/")
    assert browser.get("/").context["acting"] == second


def test_switching_changes_what_is_in_reach(both):
    browser, first, second = both
    answers = []
    for chosen in (first, second):
        browser.post(f"/roles/{chosen.pk}/")
        answers += [browser.get(f"/units/{code}/").status_code for code in ("QS001", "QS002")]
    assert answers == [200, 404, 404, 200]
    assert AuditEvent.objects.filter(action="account.switch_role").count() == 2


def test_a_role_that_ended_is_gone_with_the_next_request(both):
    browser, first, second = both
    browser.post(f"/roles/{first.pk}/")
    Assignment.objects.filter(pk=first.pk).update(end_date=timezone.localdate())
    assert browser.get("/").context["acting"] == second
    assert browser.get("/units/QS001/").status_code == 404


def test_a_role_that_has_not_begun_is_no_choice(county):
    user, browser = make_user("next"), Client()
    tomorrow = timezone.localdate() + timedelta(days=1)
    make_assignment(user, Role.CLERK, county.own, start_date=tomorrow)
    browser.force_login(user)
    answer = browser.get("/")
    assert answer.status_code == 403
    assert "没有生效的角色" in answer.content.decode()


def test_another_persons_role_cannot_be_taken(both, county):
    browser = both[0]
    foreign = county["department_admin"].assignments.get()
    assert browser.post(f"/roles/{foreign.pk}/").status_code == 404
    assert AuditEvent.objects.filter(action="access.foreign").count() == 1


def test_role_and_unit_stand_in_the_trail(county):
    browser = Client()
    browser.force_login(county["clerk"])
    browser.get("/units/")
    event = AuditEvent.objects.get(action="access.denied")
    assert (event.role, event.unit_code, event.actor) == ("clerk", "QS001", county["clerk"])
    assert event.request_id
    assert event.after["route"] == "unit_list"


@pytest.mark.parametrize(
    ("role", "address", "status"),
    [
        ("system_admin", "10.8.0.7", 200),
        ("system_admin", "10.9.0.7", 403),
        ("department_admin", "10.9.0.7", 403),
        ("clerk", "10.9.0.7", 200),
    ],
)
def test_privileged_roles_stay_in_their_networks(county, settings, role, address, status):
    settings.PRIVILEGED_NETWORKS = ["10.8.0.0/16"]
    browser = Client(REMOTE_ADDR=address)
    browser.force_login(county[role])
    assert browser.get("/").status_code == status
    assert AuditEvent.objects.filter(action="access.network").exists() is (status == 403)
