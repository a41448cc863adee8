"""What the page of the audit trail shows, to whom, and how it is searched."""

from urllib.parse import quote

import pytest
from django.test import Client

from accounts.models import AuditEvent
from tests.portal.county import make_assignment, make_user
from tests.portal.trail.make import browser_of, make_line, read
from units.access.roles import Role

pytestmark = pytest.mark.django_db
STUDY = "study_sessions.studysession"


def test_a_line_says_who_did_what_when_where_and_to_which_object(county, auditor):
    make_line(
        actor=county["clerk"],
        role="clerk",
        unit_code="QS001",
        address="10.1.2.3",
        object_type="accounts.user",
        object_id=county["nobody"].pk,
        action="account.edit",
        before={"email": "a@example.com"},
        after={"email": "b@example.com"},
    )
    page = read(auditor)
    for words in ("2026-07-01 12:00:00", "测clerk", "填报员", "县甲局", "10.1.2.3", "测nobody"):
        assert words in page
    assert "a@example.com" in page
    assert "b@example.com" in page


def test_of_what_was_studied_only_fields_and_fingerprints_are_shown(auditor):
    make_line(object_type=STUDY, before={"theme": "旧题"}, after={"theme": "新题", "version": 7})
    make_line(1, object_type=STUDY, after={"theme": "新题"})
    page = read(auditor)
    assert "旧题" not in page
    assert "新题" not in page
    assert "学习主题" in page
    assert ">7<" in page
    marks = [part[:8] for part in page.split("指纹 ")[1:]]
    assert len(marks) == 3
    assert len(set(marks)) == 2


def test_a_line_written_by_token_says_by_which(auditor):
    make_line(object_type=STUDY, after={"theme": "新题"}, api_token="4711")
    page = read(auditor)
    assert "所用接口令牌编号" in page
    assert ">4711<" in page
    assert "新题" not in page


def test_tokens_are_administration_and_shown(county, auditor):
    make_line(action="token.make", object_type="units.apitoken", after={"scope": "write"})
    make_line(action="access.token", result="denied", after={"why": "unknown"})
    page = read(auditor)
    for words in ("为本人的一个角色建立接口令牌", "读写", "被拒绝：接口令牌无效", "未登录"):
        assert words in page


@pytest.mark.parametrize("kind", ["reports.ruleset", "rule_set"])
def test_rules_are_settings_and_shown(auditor, kind):
    make_line(action="rule_set.edit", object_type=kind, after={"title": "青石县学习规则"})
    assert "青石县学习规则" in read(auditor)


@pytest.mark.parametrize("asked", ["job", "reports.job"])
def test_what_happened_to_one_object_is_found_however_lines_name_its_kind(auditor, asked):
    make_line(action="export.ask", object_type="reports.job", object_id=7, address="10.0.0.1")
    make_line(1, action="job_cancel", object_type="job", object_id=7, address="10.0.0.2")
    page = read(auditor, f"/trail/?kind={asked}&number=7")
    assert "10.0.0.1" in page
    assert "10.0.0.2" in page


def test_a_kind_of_object_nobody_thought_of_is_closed(auditor):
    make_line(action="novel.act", object_type="novel", after={"text": "内情"})
    page = read(auditor)
    assert "novel" in page
    assert "内情" not in page


def test_a_refusal_says_what_was_wanted(county, auditor):
    clerk = Client()
    clerk.force_login(county["clerk"])
    clerk.get("/trail/")
    assert "查看审计日志" in read(auditor, "/trail/?result=denied")


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("first=2026-07-01&last=2026-07-01", {"10.0.0.1", "10.0.0.2"}),
        ("last=2026-06-30", {"10.0.0.3"}),
        ("who=CLERK", {"10.0.0.1"}),
        ("action=session.submit", {"10.0.0.2"}),
        ("unit=qs002", {"10.0.0.2"}),
        ("unit=甲局", {"10.0.0.1"}),
        ("result=denied", {"10.0.0.3"}),
        (f"kind={STUDY}&number=5", {"10.0.0.1"}),
        ("who=nobody-of-that-name", set()),
    ],
)
def test_every_filter_narrows(county, auditor, asked, found):
    clerk = county["clerk"]
    make_line(actor=clerk, unit_code="QS001", address="10.0.0.1", object_type=STUDY, object_id=5)
    make_line(1, action="session.submit", unit_code="QS002", address="10.0.0.2")
    make_line(-24 * 60, action="access.denied", result="denied", address="10.0.0.3")
    page = read(auditor, f"/trail/?{asked}")
    assert {each for each in ("10.0.0.1", "10.0.0.2", "10.0.0.3") if each in page} == found


def test_failed_sign_ins_are_found_under_the_account(county, auditor):
    user = county["clerk"]
    make_line(
        action="account.sign_in", result="failed", object_type="accounts.user", object_id=user.pk
    )
    page = read(auditor, "/trail/?who=clerk")
    assert "失败" in page
    assert "未登录" in page


def test_days_in_the_wrong_order_are_explained(auditor):
    page = read(auditor, "/trail/?first=2026-07-02&last=2026-07-01")
    assert "截止日期早于起始日期" in page


def test_pages_follow_one_another_without_gap_or_repetition(auditor):
    for number in range(120):
        make_line(number // 40, object_type="job", object_id=number)
    seen: list[str] = []
    first = address = "/trail/?action=session.save"
    while address:
        answer = auditor.get(address)
        seen += [line.number for line in answer.context["lines"]]
        older = answer.context["older"]
        address = f"{first}&before={quote(str(older), safe='')}" if older else ""
    assert seen == [str(number) for number in reversed(range(120))]


def test_nonsense_for_a_place_shows_the_newest(auditor):
    make_line(address="10.0.0.1")
    assert "10.0.0.1" in read(auditor, "/trail/?before=x/y")


def test_the_auditors_lines_are_the_security_administrators_to_read(county, auditor):
    make_line(actor=county["security_auditor"], role="security_auditor", address="10.0.0.1")
    make_line(1, actor=county["security_auditor"], address="10.0.0.2")
    make_line(2, actor=county["security_admin"], role="security_admin", address="10.0.0.3")
    page = read(auditor)
    assert "10.0.0.3" in page
    assert "10.0.0.1" not in page
    assert "10.0.0.2" not in page
    security = Client()
    security.force_login(county["security_admin"])
    page = read(security)
    assert "10.0.0.1" in page
    assert "10.0.0.2" in page
    assert "10.0.0.3" not in page


def test_lines_of_another_county_stay_there(county, auditor):
    far = make_user("far")
    make_assignment(far, Role.CLERK, county.abroad)
    make_line(actor=far, address="10.0.0.1")
    make_line(1, unit_code="BS", address="10.0.0.2")
    make_line(2, object_type="accounts.user", object_id=far.pk, address="10.0.0.3")
    page = read(auditor)
    assert not [each for each in ("10.0.0.1", "10.0.0.2", "10.0.0.3") if each in page]


@pytest.mark.parametrize("who", ["clerk", "department_admin", "county_leader", "system_admin"])
def test_nobody_else_reads_it(county, who):
    browser = browser_of(county, who)
    assert browser.get("/trail/").status_code == 403
    assert [line.action for line in AuditEvent.objects.all()] == ["access.denied"]


def test_reading_leaves_a_line_itself(county, auditor):
    read(auditor, "/trail/?who=clerk")
    line = AuditEvent.objects.get()
    assert (line.action, line.actor) == ("trail.read", county["security_auditor"])
    assert line.after == {"filter": {"who": "clerk"}}


@pytest.mark.parametrize("many", [1, 60])
def test_a_page_costs_as_much_with_many_lines(county, auditor, many, django_assert_max_num_queries):
    for number in range(many):
        make_line(number, actor=county["clerk"], unit_code="QS001", after={"user": 1})
    read(auditor)
    with django_assert_max_num_queries(17):  # four of them write the line of this very reading
        read(auditor, "/trail/?who=clerk&unit=甲局")
