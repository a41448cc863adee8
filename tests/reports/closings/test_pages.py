"""The pages of closings, as administrators, auditors, leaders and outsiders meet them."""

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEvent
from reports.closing import standing_closing
from reports.models import ClosedUnit, Closing, Reopening
from reports.periods import Month
from tests.portal.county import County, make_assignment, make_county, make_user
from tests.reports.records import at, make_entry, make_rules, make_session, review
from units.access.roles import Role

pytestmark = pytest.mark.django_db
MARCH = Month(2026, 3)


@pytest.fixture(autouse=True)
def april():
    with time_machine.travel(at("2026-04-08"), tick=False):
        yield


@pytest.fixture
def county():
    made = make_county()
    make_rules()
    for unit in (made.own, made.sister):
        for number in range(3):
            make_entry(unit, f"{unit.code}成员{number}", role="member" if number else "leader")
    make_session(made.own, "2026-03-10", theme="理论学习")
    return made


def browser(county: County, role: str = "department_admin") -> Client:
    client = Client()
    client.force_login(county[role])
    return client


def text(client: Client, route: str, *args: object, **asked: str) -> str:
    response = client.get(reverse(route, args=args), asked)
    assert response.status_code == 200
    return response.content.decode()


def close(county: County, month: str = "2026-03") -> Closing:
    browser(county).post(reverse("month_close"), {"month": month})
    closing = standing_closing(county.root, Month.parse(month))
    assert closing is not None
    return closing


def second_admin(county: County) -> Client:
    county.people["second"] = make_user("second")
    make_assignment(county["second"], Role.DEPARTMENT_ADMIN, county.root)
    return browser(county, "second")


def test_the_list_says_how_far_each_month_is(county):
    close(county)
    page = text(browser(county), "closing_list")
    words = [page.index(word) for word in ("2026年4月", "未结束", "2026年3月", "已封账")]
    assert words == sorted(words)
    assert "预览并封账2026年2月" in page
    assert "预览并封账" not in text(browser(county, "auditor"), "closing_list")


def test_the_preview_shows_what_would_be_kept_and_what_is_unsettled(county):
    make_session(county.sister, "2026-03-20", steps=[])
    review(make_session(county.sister, "2026-03-30", steps=[]), "submit", "2026-04-02")
    page = text(browser(county), "closing_preview", month="2026-03")
    assert "计入学习 1 次" in page
    assert "1 次已报送的学习" in page
    assert "6 人" in page
    assert "月末尚未办结的学习记录（2 个单位）" in page
    assert "考核规则（第1版）" in page
    assert "2026年3月封账</button>" in page
    assert (
        "</button></form>"
        not in text(browser(county, "auditor"), "closing_preview", month="2026-03").split(
            "<main", 1
        )[1]
    )


def test_a_running_month_is_shown_but_not_closed(county):
    page = text(browser(county), "closing_preview", month="2026-04")
    assert "尚未结束" in page
    assert "封账</button>" not in page
    answer = browser(county).post(reverse("month_close"), {"month": "2026-04"}, follow=True)
    assert "2026年4月尚未结束" in answer.content.decode()


@pytest.mark.parametrize("month", ["", "2026-13", "三月"])
def test_an_unreadable_month_leads_back_to_the_list(county, month):
    client = browser(county)
    for answer in (
        client.get(reverse("closing_preview"), {"month": month}, follow=True),
        client.post(reverse("month_close"), {"month": month}, follow=True),
    ):
        assert "请从列表中选择要封账的月份" in answer.content.decode()
    assert not Closing.objects.exists()


def test_closing_twice_closes_once(county):
    client = browser(county)
    for _ in range(2):
        answer = client.post(reverse("month_close"), {"month": "2026-03"}, follow=True)
    assert "2026年3月已经封账" in answer.content.decode()
    assert Closing.objects.count() == 1
    line = AuditEvent.objects.get(action="month_close")
    assert (line.actor, line.role) == (county["department_admin"], "department_admin")


@pytest.mark.parametrize("role", ["department_admin", "auditor", "county_leader"])
def test_the_closings_page_shows_figures_and_verifies_them(county, role):
    closing = close(county)
    page = text(browser(county, role), "closing_detail", closing.pk)
    assert closing.checksum in page
    assert "校验一致" in page
    assert "测department_admin" in page
    assert "集中学习 1 次" in page
    assert ("申请重新开放" in page) == (role == "department_admin")


def test_a_touched_snapshot_is_shown_as_such(county):
    closing = close(county)
    ClosedUnit.objects.filter(unit=county.own).update(short_name="别的名称")
    assert "校验不一致" in text(browser(county), "closing_detail", closing.pk)


def test_changes_since_are_listed_beside_the_closed_figures(county):
    closing = close(county)
    assert "没有变动" in text(browser(county), "closing_changes", closing.pk)
    late = make_session(county.own, "2026-03-20", steps=[], theme="迟到的")
    review(late, "submit", "2026-04-20")
    with time_machine.travel(at("2026-04-21"), tick=False):
        page = text(browser(county), "closing_changes", closing.pk)
        assert "1 次" in text(browser(county), "closing_detail", closing.pk)
    assert "集中学习（次） 1 → 2" in page
    assert "迟到的" in page
    assert "补录" in page.split("迟到的")[1]


def test_the_changes_come_as_a_part_of_the_closings_page(county):
    closing = close(county)
    answer = browser(county).get(
        reverse("closing_changes", args=[closing.pk]), headers={"HX-Request": "true"}
    )
    assert "没有变动" in answer.content.decode()
    assert "<html" not in answer.content.decode()


def test_a_month_is_opened_again_by_two_people_and_closed_anew(county):
    closing = close(county)
    first, second = browser(county), second_admin(county)
    first.post(reverse("reopening_ask", args=[closing.pk]), {"reason": "漏报一次学习"})
    asked = Reopening.objects.get()
    address = reverse("reopening_confirm", args=[closing.pk, asked.pk])
    own = first.post(address, follow=True).content.decode()
    assert "不能确认自己的申请" in own
    assert "撤回申请" in own
    assert "确认重新开放" in text(second, "closing_detail", closing.pk)
    assert "已重新开放" in second.post(address, follow=True).content.decode()
    again = close(county)
    first = browser(county)
    page = text(first, "closing_detail", again.pk)
    assert "漏报一次学习——已确认" in page
    assert reverse("closing_detail", args=[closing.pk]) in page
    assert "仅供查考" in text(first, "closing_detail", closing.pk)


def test_a_request_without_a_reason_comes_back_with_a_sentence(county):
    closing = close(county)
    answer = browser(county).post(reverse("reopening_ask", args=[closing.pk]), {"reason": " "})
    assert "必填" in answer.content.decode()
    assert not Reopening.objects.exists()


def test_whoever_is_alone_is_told_what_to_do(county):
    closing = close(county)
    page = text(browser(county), "reopening_ask", closing.pk)
    assert "联系安全管理员" in page
    second_admin(county)
    assert "联系安全管理员" not in text(browser(county), "reopening_ask", closing.pk)


@pytest.mark.parametrize("role", ["auditor", "county_leader", "clerk", "system_admin"])
def test_others_neither_close_nor_open(county, role):
    closing = close(county)
    client = browser(county, role)
    assert client.post(reverse("month_close"), {"month": "2026-02"}).status_code == 403
    address = reverse("reopening_ask", args=[closing.pk])
    assert client.post(address, {"reason": "理由"}).status_code == 403
    seen = client.get(reverse("closing_detail", args=[closing.pk])).status_code
    assert seen == (200 if role in {"auditor", "county_leader"} else 403)


def test_an_outsider_finds_nothing(county):
    closing = close(county)
    county.people["abroad"] = make_user("abroad")
    make_assignment(county["abroad"], Role.DEPARTMENT_ADMIN, county.abroad)
    client = browser(county, "abroad")
    for route in ("closing_detail", "closing_changes", "reopening_ask"):
        assert client.get(reverse(route, args=[closing.pk])).status_code == 404
    assert "已封账" not in text(client, "closing_list")


@pytest.mark.parametrize(
    ("route", "limit"),
    [
        ("closing_list", 8),
        ("closing_preview", 14),
        ("closing_detail", 12),
        ("closing_changes", 17),
    ],
)
def test_a_page_asks_a_fixed_number_of_queries(county, route, limit, django_assert_max_num_queries):
    closing = close(county)
    for number in range(3):
        make_session(county.own, f"2026-03-2{number}", theme=str(number))
    client = browser(county)
    client.get(reverse("help"))
    about = [closing.pk] if route in {"closing_detail", "closing_changes"} else []
    with django_assert_max_num_queries(limit):
        text(client, route, *about, **({"month": "2026-02"} if route == "closing_preview" else {}))


def test_a_year_without_anything_is_not_offered(county):
    page = text(browser(county), "closing_list", year="1999")
    assert "2026年各月封账情况" in page
