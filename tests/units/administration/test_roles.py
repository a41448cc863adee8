"""Proposing to grant and revoke roles, and handing them over, by their pages."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import AuditEvent
from tests.portal.county import County, make_assignment, make_county, make_unit, make_user
from units.access.roles import Role
from units.models import Assignment, RoleProposal

pytestmark = pytest.mark.django_db


@pytest.fixture
def county() -> County:
    return make_county()


@pytest.fixture
def security(county) -> Client:
    browser = Client()
    browser.force_login(county["security_admin"])
    return browser


def day(number: int) -> str:
    return str(timezone.localdate() + timedelta(days=number))


def grant_form(**changes: str) -> dict[str, str]:
    return {"role": "clerk", "unit": "QS002", "start_date": day(0), "end_date": ""} | changes


def role_of(county: County, who: str) -> Assignment:
    return Assignment.objects.get(user=county[who])


@pytest.mark.parametrize("typed", ["QS002", "qs002", "青石县乙局", "QS002 青石县乙局"])
def test_a_role_is_proposed_in_a_unit_named_as_one_likes(county, security, typed):
    security.post(f"/accounts/{county['nobody'].pk}/roles/new/", grant_form(unit=typed))
    proposed = RoleProposal.objects.get(user=county["nobody"])
    assert (proposed.role, proposed.unit) == (Role.CLERK, county.sister)
    assert not Assignment.objects.filter(user=county["nobody"]).exists()
    line = AuditEvent.objects.get(action="assignment.propose")
    assert (line.actor, line.role) == (county["security_admin"], "security_admin")
    assert (line.address, line.unit_code) == ("127.0.0.1", "QS002")


@pytest.mark.parametrize(
    ("who", "changes", "field", "said"),
    [
        ("clerk", {"role": "system_admin"}, "__all__", "不能同时任“系统管理员”"),
        ("clerk", {"unit": "QS001"}, "__all__", "该时段已任此职"),
        ("security_admin", {"role": "security_admin"}, "__all__", "不能为自己提出"),
        ("nobody", {"unit": "BS"}, "unit", "没有找到单位“BS”"),
        ("nobody", {"start_date": day(-1)}, "start_date", "不能早于"),
        ("nobody", {"end_date": day(0)}, "end_date", "晚于生效日期"),
    ],
)
def test_a_grant_is_refused_with_a_reason(county, security, who, changes, field, said):
    before = Assignment.objects.count()
    page = security.post(f"/accounts/{county[who].pk}/roles/new/", grant_form(**changes))
    assert said in page.context["form"].errors[field][0]
    assert Assignment.objects.count() == before


def test_a_role_revoked_twice_is_proposed_once(county, security):
    address = f"/assignments/{role_of(county, 'clerk').pk}/end/"
    assert security.post(address, {"on": day(0)}).status_code == 302
    page = security.post(address, {"on": day(9), "reason": "调离"})
    assert page.status_code == 409
    for words in ("已有一条待确认的建议", day(0), day(9), "调离"):
        assert words in page.content.decode()
    assert RoleProposal.objects.count() == 1
    assert role_of(county, "clerk").end_date is None


@pytest.mark.parametrize("who", ["clerk", "security_admin"])
def test_a_role_is_handed_over_on_a_date(county, security, who):
    held = role_of(county, who)
    fields = {"to": "Nobody", "on": day(3)}
    assert security.post(f"/assignments/{held.pk}/hand-over/", fields).status_code == 302
    assert str(role_of(county, who).end_date) == day(3)
    taken = role_of(county, "nobody")
    assert (taken.role, taken.unit, str(taken.start_date)) == (held.role, held.unit, day(3))
    assert AuditEvent.objects.get(action="assignment.hand_over").after["user"] == taken.user_id


def test_the_second_of_two_hand_overs_sees_both_and_may_go_on(county, security):
    address = f"/assignments/{role_of(county, 'clerk').pk}/hand-over/"
    other, third = make_user("other"), make_user("third")
    security.post(address, {"to": other.username, "on": day(9), "seen": ""})
    page = security.post(address, {"to": third.username, "on": day(3), "seen": ""})
    assert page.status_code == 409
    for words in ("刚才被他人改过", day(9), "测other", day(3), "测third"):
        assert words in page.content.decode()
    assert not Assignment.objects.filter(user=third).exists()
    seen = page.context["form"]["seen"].value()
    security.post(address, {"to": third.username, "on": day(3), "seen": seen})
    assert str(Assignment.objects.get(user=third).end_date) == day(9)


@pytest.mark.parametrize(
    ("successor", "on", "said"),
    [
        ("clerk", 1, "就是现任人"),
        ("disabled", 1, "没有名为“disabled”的有效账号"),
        ("missing", 1, "没有名为“missing”的有效账号"),
        ("nobody", -1, "不能早于"),
        ("system_admin", 1, "不能同时任"),
    ],
)
def test_a_hand_over_is_refused_with_a_reason(county, security, successor, on, said):
    held = role_of(county, "clerk")
    fields = {"to": successor, "on": day(on)}
    page = security.post(f"/assignments/{held.pk}/hand-over/", fields)
    assert said in str(page.context["form"].errors)
    assert role_of(county, "clerk").end_date is None


def test_roles_outside_the_county_and_other_callers_get_nowhere(county, security):
    foreign = make_assignment(make_user("far"), Role.CLERK, county.abroad)
    assert security.get(f"/assignments/{foreign.pk}/end/").status_code == 404
    for who in ("system_admin", "department_admin", "clerk"):
        browser = Client()
        browser.force_login(county[who])
        address = f"/assignments/{role_of(county, 'clerk').pk}/end/"
        assert browser.post(address, {"on": day(0)}).status_code == 403


@pytest.mark.parametrize("many", [0, 60])
def test_forms_cost_as_much_with_many_units(county, security, many, django_assert_max_num_queries):
    for number in range(many):
        make_unit(f"QS1{number:02}", f"青石县第{number}局", county.root)
    held = role_of(county, "clerk")
    for page in (
        f"/accounts/{county['clerk'].pk}/roles/new/",
        f"/assignments/{held.pk}/end/",
        f"/assignments/{held.pk}/hand-over/",
    ):
        with django_assert_max_num_queries(12):
            assert security.get(page).status_code == 200
