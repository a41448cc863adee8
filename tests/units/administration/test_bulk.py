"""Many roles at once, still by two persons: a pasted list proposes, ticks confirm."""

import pytest

from accounts.models import AuditEvent
from tests.portal.county import County, make_county, make_user
from tests.units.administration.test_proposals import browser_of, day, make_proposal
from units.access.roles import Role
from units.models import Assignment, RoleProposal

pytestmark = pytest.mark.django_db
LIST, CONFIRM = "/proposals/list/", "/proposals/confirm/"


@pytest.fixture
def county() -> County:
    made = make_county()
    made.people |= {f"new{n}": make_user(f"new{n}") for n in range(3)}
    return made


def send(county: County, *lines: str, who: str = "department_admin", role: str = "clerk"):
    body = {"lines": "\n".join(lines), "role": role, "start_date": day(0), "reason": "首批"}
    return browser_of(county, who).post(LIST, body, follow=True)


def open_ones() -> list[RoleProposal]:
    return list(RoleProposal.objects.undecided().order_by("user__username"))


def test_each_line_becomes_a_proposal(county):
    page = send(county, f"new0\tQS001\t{Role.APPROVER.label}", "NEW1\t青石县乙局")
    assert "已提出 2 条" in page.content.decode()
    told = [(each.user.username, each.role, each.unit.code) for each in open_ones()]
    assert told == [("new0", Role.APPROVER, "QS001"), ("new1", Role.CLERK, "QS002")]
    assert {each.reason for each in open_ones()} == {"首批"}
    assert not Assignment.objects.filter(user=county["new0"]).exists()


def test_the_list_of_accounts_itself_will_do_with_its_columns_in_any_order(county):
    send(
        county,
        "姓名\t用户名\t单位\t电子邮箱",
        "测new0\tnew0\t青石县甲局\t",
        "测new2\tnew2\tQS002\t",
    )
    assert [each.user.username for each in open_ones()] == ["new0", "new2"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("someone\tQS001", "没有名为“someone”的有效账号"),
        ("new1\t丙局", "没有单位“丙局”"),
        ("new1\tBS", "没有单位“BS”"),
        ("new1\tQS001\t系统管理员", "“系统管理员”不是可以提出的角色"),
        ("department_admin\tQS001", "不能为自己提出"),
        ("disabled\tQS001", "没有名为“disabled”"),
    ],
)
def test_one_bad_line_and_nothing_is_proposed(county, line, said):
    answer = send(county, "new0\tQS001", line)
    assert answer.status_code == 400
    assert f"第 2 行：{said}" in answer.content.decode()
    assert open_ones() == []


def test_a_name_that_is_not_the_accounts_is_a_slip(county):
    answer = send(county, "姓名\t用户名\t单位", "别人\tnew0\tQS001")
    assert "与姓名不符" in answer.content.decode()


def test_sent_twice_it_proposes_once(county):
    send(county, "new0\tQS001", "new1\tQS001")
    page = send(county, "new0\tQS001", "new1\tQS001").content.decode()
    assert "另有 2 行已任此职或已在等待确认" in page
    assert len(open_ones()) == 2


def test_another_person_confirms_what_was_ticked_and_nothing_else(county):
    send(county, "new0\tQS001", "new1\tQS001", "new2\tQS001")
    first, second, _third = open_ones()
    page = browser_of(county, "security_admin").get(CONFIRM).content.decode()
    assert all(f'value="{each.pk}"' in page for each in open_ones())
    ticked = {"rows": [first.pk, second.pk]}
    done = browser_of(county, "security_admin").post(CONFIRM, ticked, follow=True)
    assert "已确认并办理 2 条" in done.content.decode()
    held = Assignment.objects.filter(user__username__startswith="new")
    assert {each.user.username for each in held} == {"new0", "new1"}
    lines = AuditEvent.objects.filter(action="assignment.grant", actor=county["security_admin"])
    assert lines.count() == 2


def test_who_proposed_sees_none_of_them_and_confirms_none(county):
    send(county, "new0\tQS001")
    (proposal,) = open_ones()
    browser = browser_of(county, "department_admin")
    assert f'value="{proposal.pk}"' not in browser.get(CONFIRM).content.decode()
    page = browser.post(CONFIRM, {"rows": [proposal.pk]}, follow=True).content.decode()
    assert "自己提出的建议须由另一人确认" in page
    assert not Assignment.objects.filter(user=county["new0"]).exists()


def test_one_that_was_decided_meanwhile_leaves_the_others_done(county):
    gone, there = (make_proposal(county, user=county[name]) for name in ("new0", "new1"))
    RoleProposal.objects.filter(pk=gone.pk).update(state="withdrawn")
    rows = {"rows": [gone.pk, there.pk]}
    page = browser_of(county, "security_admin").post(CONFIRM, rows, follow=True).content.decode()
    assert "刚才已由他人处理" in page
    assert "已确认并办理 1 条" in page


@pytest.mark.parametrize("sent", ["9" * 5000, "-1", "²", "x", ""])
def test_what_names_no_proposal_is_told_as_nothing_ticked(county, sent):
    page = browser_of(county, "security_admin").post(CONFIRM, {"rows": sent}, follow=True)
    assert "没有勾选" in page.content.decode()


def test_others_come_near_neither_page(county):
    proposal = make_proposal(county, user=county["new0"])
    for who in ("clerk", "auditor", "system_admin", "security_auditor"):
        assert browser_of(county, who).get(CONFIRM).status_code == 403
        assert browser_of(county, who).post(CONFIRM, {"rows": [proposal.pk]}).status_code == 403
        assert browser_of(county, who).get(LIST).status_code == 403


@pytest.mark.parametrize("many", [1, 60])
def test_the_page_costs_as_much_with_many(county, many, django_assert_max_num_queries):
    people = [make_user(f"p{n}") for n in range(many)]
    for each in people:
        make_proposal(county, user=each)
    browser = browser_of(county, "security_admin")
    with django_assert_max_num_queries(12):
        page = browser.get(CONFIRM).content.decode()
    assert page.count('name="rows"') == many
