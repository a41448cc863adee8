"""Two persons grant and revoke roles: who may propose, who may confirm, and what comes of it."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from accounts.models import AuditEvent, User
from tests.portal.county import County, make_assignment, make_county, make_user
from units.access.roles import Role
from units.administration.proposing import Kind, Wish, propose
from units.models import Assignment, RoleProposal, Unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def county() -> County:
    county = make_county()
    for name, role in (("second", Role.SECURITY_ADMIN), ("deputy", Role.DEPARTMENT_ADMIN)):
        county.people[name] = make_user(name)
        make_assignment(county[name], role, county.root)
    return county


def browser_of(county: County, who: str) -> Client:
    browser = Client()
    browser.force_login(county[who])
    return browser


def day(number: int) -> str:
    return str(timezone.localdate() + timedelta(days=number))


def form(**changes: str) -> dict[str, str]:
    usual = {"kind": "grant", "username": "nobody", "role": "clerk", "unit": "QS002"}
    return usual | {"start_date": day(0), "end_date": "", "reason": "任免〔2026〕3号"} | changes


def make_proposal(county: County, by: str = "department_admin", **changes) -> RoleProposal:
    held = Assignment.objects.get(user=county[by])
    values: dict[str, Any] = {
        "kind": Kind.GRANT,
        "user": county["nobody"],
        "role": Role.CLERK,
        "unit": county.sister,
        "start_date": timezone.localdate(),
    }
    wish = Wish(**values | changes)
    return propose(wish=wish, by=county[by], role=Role(held.role), at=timezone.now())


def decide(county: County, who: str, proposal: RoleProposal, what: str = "confirm") -> str:
    address = f"/proposals/{proposal.pk}/{what}/"
    return browser_of(county, who).post(address, follow=True).content.decode()


def test_the_department_proposes_and_security_confirms(county):
    page = browser_of(county, "department_admin").post("/proposals/new/", form(), follow=True)
    assert "确认以前没有任何变动" in page.content.decode()
    proposal = RoleProposal.objects.get()
    assert not Assignment.objects.filter(user=county["nobody"]).exists()
    assert "已确认并办理" in decide(county, "security_admin", proposal)
    granted = Assignment.objects.get(user=county["nobody"])
    assert (granted.role, granted.unit) == (Role.CLERK, county.sister)
    line = AuditEvent.objects.get(action="assignment.grant")
    assert line.actor == county["security_admin"]
    assert line.after["proposed_by"] == "department_admin"


@pytest.mark.parametrize(
    ("by", "confirming", "said"),
    [
        ("department_admin", "security_admin", "已确认"),
        ("department_admin", "department_admin", "须由另一人确认"),
        ("department_admin", "deputy", "由安全管理员确认"),
        ("security_admin", "security_admin", "须由另一人确认"),
        ("security_admin", "second", "已确认"),
        ("security_admin", "department_admin", "已确认"),
    ],
)
def test_who_may_confirm_whose_proposal(county, by, confirming, said):
    proposal = make_proposal(county, by)
    assert said in decide(county, confirming, proposal)
    assert Assignment.objects.filter(user=county["nobody"]).exists() == (said == "已确认")


def test_nobody_confirms_what_concerns_themselves(county):
    proposal = make_proposal(
        county, "security_admin", user=county["deputy"], role=Role.AUDITOR, unit=county.root
    )
    assert "关于自己的角色变动" in decide(county, "deputy", proposal)


def test_the_database_wants_two_persons_as_well(county):
    proposal = make_proposal(county)
    rows = RoleProposal.objects.filter(pk=proposal.pk)
    for one in ("department_admin", "nobody"):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(state="confirmed", decided_by=county[one])


def test_a_revocation_confirmed_today_holds_at_once(county):
    clerk = browser_of(county, "clerk")
    fields = form(kind="revoke", username="clerk", unit="QS001")
    browser_of(county, "department_admin").post("/proposals/new/", fields)
    assert clerk.get("/").status_code == 200
    decide(county, "security_admin", RoleProposal.objects.get())
    assert clerk.get("/").status_code == 403
    assert AuditEvent.objects.filter(action="assignment.revoke").count() == 1


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"username": "missing"}, "username", "没有名为“missing”的有效账号"),
        ({"username": "department_admin"}, "__all__", "不能为自己提出"),
        ({"role": "security_admin"}, "__all__", "三员的角色由安全管理员提出"),
        ({"username": "clerk", "unit": "QS001"}, "__all__", "该时段已任此职"),
        ({"kind": "revoke"}, "__all__", "没有此角色"),
        ({"kind": "revoke", "end_date": day(9)}, "end_date", "收回的不填失效日期"),
        ({"unit": "BS"}, "unit", "没有找到单位“BS”"),
        ({"start_date": day(-1)}, "start_date", "不能早于"),
    ],
)
def test_a_proposal_is_refused_with_a_reason(county, changes, field, said):
    page = browser_of(county, "department_admin").post("/proposals/new/", form(**changes))
    assert said in page.context["form"].errors[field][0]
    assert not RoleProposal.objects.exists()


def test_the_second_to_decide_is_told_of_the_first(county):
    proposal = make_proposal(county)
    decide(county, "security_admin", proposal)
    page = decide(county, "second", proposal, "refuse")
    assert "刚才已由他人处理" in page
    assert "测security_admin" in page
    assert Assignment.objects.filter(user=county["nobody"]).count() == 1


@pytest.mark.parametrize(
    ("who", "state"), [("department_admin", "withdrawn"), ("security_admin", "refused")]
)
def test_a_proposal_ends_without_a_change(county, who, state):
    proposal = make_proposal(county)
    decide(county, who, proposal, "refuse")
    proposal.refresh_from_db()
    assert proposal.state == state
    assert not Assignment.objects.filter(user=county["nobody"]).exists()
    assert make_proposal(county).pk != proposal.pk


def test_what_became_impossible_meanwhile_is_not_done(county):
    proposal = make_proposal(county)
    make_assignment(county["nobody"], Role.CLERK, county.sister)
    assert "该时段已任此职" in decide(county, "security_admin", proposal)
    proposal.refresh_from_db()
    assert proposal.state == "open"


@pytest.mark.parametrize(
    ("model", "key", "change", "said"),
    [
        (User, "user_id", {"is_active": False}, "账号已停用，不能授予"),
        (User, "proposed_by_id", {"is_active": False}, "提出人的账号已停用"),
        (Unit, "unit_id", {"abolished_on": "2021-01-01"}, "已经撤销"),
    ],
)
def test_nothing_is_granted_to_or_by_what_is_gone(county, model, key, change, said):
    proposal = make_proposal(county)
    before = Assignment.objects.count()
    model.objects.filter(pk=getattr(proposal, key)).update(**change)
    assert said in decide(county, "security_admin", proposal)
    proposal.refresh_from_db()
    assert (Assignment.objects.count(), proposal.state) == (before, "open")


@pytest.mark.parametrize("kind", [Kind.GRANT, Kind.REVOKE])
def test_who_left_office_is_no_second_person(county, kind):
    if kind == Kind.REVOKE:
        make_assignment(county["nobody"], Role.CLERK, county.sister)
    proposal = make_proposal(county, by="second", kind=kind)
    held = Assignment.objects.filter(user=county["nobody"]).count()
    Assignment.objects.filter(user=county["second"]).update(end_date=timezone.localdate())
    assert "提出人已不任提出时的角色" in decide(county, "department_admin", proposal)
    proposal.refresh_from_db()
    now_held = Assignment.objects.filter(user=county["nobody"], end_date=None).count()
    assert (proposal.state, now_held) == ("open", held)


def test_a_proposal_decided_late_counts_from_the_decision(county):
    proposal = make_proposal(county, start_date=timezone.localdate() - timedelta(days=9))
    decide(county, "security_admin", proposal)
    assert Assignment.objects.get(user=county["nobody"]).start_date == timezone.localdate()


@pytest.mark.parametrize(
    ("who", "said"), [("second", "已确认"), ("system_admin", "唯一的系统管理员")]
)
def test_the_last_holder_of_an_administrators_role_keeps_it(county, who, said):
    held = Assignment.objects.get(user=county[who])
    proposal = make_proposal(
        county, "security_admin", kind=Kind.REVOKE, user=held.user, role=held.role, unit=held.unit
    )
    assert said in decide(county, "department_admin", proposal)


def test_outsiders_see_no_proposal(county):
    proposal = make_proposal(county)
    for who in ("clerk", "auditor", "system_admin", "security_auditor", "county_leader"):
        assert browser_of(county, who).get(f"/proposals/{proposal.pk}/").status_code == 403
    far = make_user("far")
    make_assignment(far, Role.SECURITY_ADMIN, county.abroad)
    county.people["far"] = far
    assert browser_of(county, "far").get(f"/proposals/{proposal.pk}/").status_code == 404


@pytest.mark.parametrize("many", [1, 40])
def test_the_list_costs_as_much_with_many(county, many, django_assert_max_num_queries):
    for number in range(many):
        make_proposal(county, user=make_user(f"new-{number}"))
    browser = browser_of(county, "security_admin")
    browser.get("/proposals/")
    with django_assert_max_num_queries(12):
        assert browser.get("/proposals/").status_code == 200
