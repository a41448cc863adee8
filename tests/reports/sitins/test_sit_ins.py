"""Pages of sit-ins: the plan, each step, the feedback form, who sees what."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from accounts.models import AuditEvent
from reports.models import SitIn, SitInEvent, SitInTerms
from tests.portal.county import make_assignment, make_county, make_unit, make_user
from tests.reports.records import make_entry, make_session
from tests.reports.sitins.make import DAY, browser_of, make_sit_in
from units.access.roles import Role

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel("2026-06-10 10:00+08:00", tick=False):
        yield


@pytest.fixture
def county():
    return make_county()


@pytest.fixture
def auditor(county):
    return browser_of(county, "auditor")


def at(name: str, one: SitIn) -> str:
    return reverse(name, args=[one.pk])


def said(answer) -> str:
    return str(answer.content.decode())


def test_ticked_units_are_planned_once_however_often_one_clicks(auditor, county):
    body = {
        "units": [county.own.pk, county.sister.pk], "month": 7,
        "listeners": [county["auditor"].pk], "other_listeners": "组织部测科长",
    }  # fmt: skip
    for _ in range(2):
        page = said(auditor.post(reverse("sit_in_plan"), body, follow=True))
    assert "没有重复列入" in page
    assert "测auditor、组织部测科长" in page
    assert list(SitIn.objects.values_list("unit__code", "year", "month")) == [
        ("QS001", 2026, 7),
        ("QS002", 2026, 7),
    ]
    assert SitInEvent.objects.filter(kind="plan", by=county["auditor"]).count() == 2
    (line,) = AuditEvent.objects.filter(action="sit_in.plan")
    assert line.after["units"] == ["QS001", "QS002"]


def test_nothing_ticked_and_foreign_units_are_refused(auditor, county):
    address = reverse("sit_in_plan")
    assert "还没有勾选单位" in said(auditor.post(address, {"month": 7}))
    answer = auditor.post(address, {"units": [county.own.pk, county.abroad.pk], "month": 7})
    assert (answer.status_code, SitIn.objects.count()) == (404, 0)
    stranger = make_user("stranger")
    make_assignment(stranger, Role.AUDITOR, county.abroad)
    body = {"units": [county.own.pk], "month": 7, "listeners": [stranger.pk]}
    assert auditor.post(address, body).status_code == 400


@pytest.mark.parametrize(("year", "made"), [(2025, 0), (2026, 1), (2027, 1), (2028, 0)])
def test_only_this_years_plan_and_the_next_are_open(auditor, county, year, made):
    auditor.post(f"{reverse('sit_in_plan')}?year={year}", {"units": [county.own.pk], "month": 7})
    assert SitIn.objects.count() == made


def test_the_page_says_how_many_units_are_left(auditor, county):
    make_unit("QS003", "青石县丙局", county.root)
    make_sit_in(county.own, "fed_back", year=2025)
    page = auditor.get(reverse("sit_in_plan"))
    assert "还有 2 个单位两年内未安排" in said(page)
    assert [row.last for row in page.context["rows"]] == [2025, None, None]
    shown = auditor.get(reverse("sit_in_plan"), {"show": "proposed"}).context["rows"]
    assert [row.code for row in shown] == ["QS002", "QS003"]


def test_from_plan_to_feedback(auditor, county):
    make_entry(county.own, "甲员")
    make_entry(county.own, "乙员")
    one = make_sit_in(county.own)
    body = {"date": "2026-06-10", "told_on": "2026-06-09", "other_listeners": "测", "version": 1}
    page = said(auditor.post(at("sit_in_agree", one), body, follow=True))
    assert "不足 2 个工作日" in page
    make_session(
        county.own, "2026-06-10", theme="防汛", chair="测书记", statuses=["present", "absent"]
    )
    page = said(auditor.post(at("sit_in_hold", one), {"date": DAY, "version": 2}, follow=True))
    assert "反馈表请在 6月17日 前填写" in page
    form = auditor.get(at("sit_in_feedback", one)).context["form"]
    assert "theme" not in form.fields
    body = {"overall": "认真", "problems": "研讨不深", "fed_back_on": DAY, "version": 3}
    auditor.post(at("sit_in_feedback", one), body)
    one.refresh_from_db()
    assert (one.status, one.is_short_notice) == ("fed_back", True)
    sheet = said(auditor.get(at("sit_in_sheet", one)))
    for words in ("防汛", "测书记", "2 / 1", "研讨不深", "2026年6月10日", "青石县甲局"):
        assert words in sheet
    assert list(one.events.values_list("kind", flat=True)) == ["agree", "hold", "feed_back"]


def test_an_unlinked_form_takes_its_words_until_a_session_is_linked(auditor, county):
    one = make_sit_in(county.own, "held")
    body = {"theme": "手填的主题", "due": 9, "present": 8, "overall": "认真", "fed_back_on": DAY}
    auditor.post(at("sit_in_feedback", one), body | {"version": 1})
    assert "手填的主题" in said(auditor.get(at("sit_in_sheet", one)))
    make_entry(county.own, "甲员")
    session = make_session(county.own, "2026-06-10", theme="报送的主题")
    auditor.post(at("sit_in_session", one), {"session": session.pk, "version": 2})
    sheet = said(auditor.get(at("sit_in_sheet", one)))
    assert "报送的主题" in sheet
    assert "1 / 1" in sheet
    assert "手填的主题" not in sheet


def test_only_reported_sessions_of_the_unit_and_the_day_can_be_linked(auditor, county):
    one = make_sit_in(county.own, "held")
    wrong = [
        make_session(county.own, "2026-06-10", steps=()),
        make_session(county.own, "2026-06-09"),
        make_session(county.sister, "2026-06-10"),
    ]
    for session in wrong:
        body = {"session": session.pk, "version": 1}
        assert auditor.post(at("sit_in_session", one), body).status_code == 400


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"overall": ""}, "overall"),
        ({"overall": "好" * 300, "highlights": "亮" * 201}, "overall"),
        ({"procedure": "细" * 201}, "procedure"),
        ({"fed_back_on": "2026-06-11"}, "fed_back_on"),
        ({"fed_back_on": "2026-06-09"}, "fed_back_on"),
        ({"due": 5, "present": 6}, "present"),
        ({"advice": "见机密★10年文件"}, "advice"),
    ],
)
def test_a_faulty_form_is_told_at_the_field(auditor, county, changes, field):
    one = make_sit_in(county.own, "held")
    body = {"theme": "宪法", "overall": "认真", "fed_back_on": DAY, "version": 1} | changes
    answer = auditor.post(at("sit_in_feedback", one), body)
    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == [field]


def test_five_hundred_characters_are_enough_and_allowed(auditor, county):
    one = make_sit_in(county.own, "held")
    body = {"overall": "好" * 300, "highlights": "亮" * 200, "theme": "宪法", "version": 1}
    auditor.post(at("sit_in_feedback", one), body | {"fed_back_on": DAY})
    one.refresh_from_db()
    assert one.status == "fed_back"


def test_two_auditors_lose_nothing(auditor, county):
    one = make_sit_in(county.own, "fed_back")
    SitIn.objects.filter(pk=one.pk).update(version=2)
    body = {"theme": "宪法", "overall": "我写的", "fed_back_on": DAY, "version": 1}
    answer = auditor.post(at("sit_in_feedback", one), body)
    assert answer.status_code == 409
    assert ("总体评价", "我写的", "组织认真") in answer.context["differing"]
    assert not AuditEvent.objects.filter(action="sit_in.feedback").exists()
    body["version"] = answer.context["version"]
    auditor.post(at("sit_in_feedback", one), body)
    one.feedback.refresh_from_db()
    assert one.feedback.overall == "我写的"


def test_a_step_that_came_too_late_keeps_what_was_typed(auditor, county):
    one = make_sit_in(county.own, "cancelled")
    body = {"date": DAY, "told_on": DAY, "other_listeners": "组织部测科长", "version": 1}
    answer = auditor.post(at("sit_in_agree", one), body)
    assert answer.status_code == 409
    assert "这一步不能再办理" in said(answer)
    assert "组织部测科长" in said(answer)
    assert auditor.get(at("sit_in_agree", one)).status_code == 403


def test_a_cancelled_one_makes_room_for_another(auditor, county):
    one = make_sit_in(county.own)
    assert auditor.post(at("sit_in_cancel", one), {"version": 1}).status_code == 400
    auditor.post(at("sit_in_cancel", one), {"reason": "单位防汛", "version": 1})
    assert "单位防汛" in said(auditor.get(at("sit_in_detail", one)))
    auditor.post(reverse("sit_in_plan"), {"units": [county.own.pk], "month": 9})
    assert SitIn.objects.standing().get().month == 9


def test_a_unit_sees_what_was_agreed_and_none_of_the_plan(county):
    clerk, approver = browser_of(county, "clerk"), browser_of(county, "approver")
    planned = make_sit_in(county.own)
    given = make_sit_in(county.own, "fed_back", year=2025, date=DAY.replace(year=2025))
    foreign = make_sit_in(county.sister, "fed_back")
    for browser in (clerk, approver):
        assert browser.get(at("sit_in_detail", planned)).status_code == 404
        assert browser.get(at("sit_in_detail", foreign)).status_code == 404
        assert browser.get(at("sit_in_sheet", foreign)).status_code == 404
        page = said(browser.get(at("sit_in_detail", given)))
        assert "组织认真" in page
        assert reverse("sit_in_feedback", args=[given.pk]) not in page
        assert at("sit_in_detail", given) in said(browser.get(reverse("finding_list")))


def test_a_leader_sees_figures_and_nothing_else(county):
    leader = browser_of(county, "county_leader")
    one = make_sit_in(county.own, "fed_back")
    page = said(leader.get(reverse("sit_in_figures")))
    assert "已反馈" in page
    for word in ("甲局", "组织认真", "测auditor"):
        assert word not in page
    for address in (reverse("sit_in_plan"), at("sit_in_detail", one), reverse("finding_list")):
        assert leader.get(address).status_code == 403


def test_terms_bind_what_comes_after(county):
    admin = browser_of(county)
    body = {"notice_workdays": 5, "feedback_workdays": 10, "rectify_workdays": 15, "version": 0}
    admin.post(reverse("sit_in_terms"), body)
    assert admin.post(reverse("sit_in_terms"), body).status_code == 409
    one = make_sit_in(county.own, "agreed")
    admin.post(at("sit_in_hold", one), {"date": DAY, "version": 1})
    one.refresh_from_db()
    assert one.feedback_due == dt.date(2026, 6, 25)  # the 19th is a public holiday
    assert SitInTerms.objects.get().root == county.root


def test_overdue_feedback_is_marked(auditor, county):
    one = make_sit_in(county.own, "held", feedback_due=DAY)
    assert "逾期未反馈</span>" not in said(auditor.get(at("sit_in_detail", one)))
    SitIn.objects.filter(pk=one.pk).update(date="2026-06-01", feedback_due="2026-06-09")
    assert "逾期未反馈</span>" in said(auditor.get(at("sit_in_detail", one)))
    rows = auditor.get(reverse("sit_in_plan"), {"show": "overdue"}).context["rows"]
    assert [row.code for row in rows] == ["QS001"]


@pytest.mark.parametrize("many", [10, 200])
def test_pages_cost_the_same_with_many_rows(auditor, county, many, django_assert_max_num_queries):
    for number in range(many):
        unit = make_unit(f"QS1{number:03}", f"青石县第{number}局", county.root)
        one = make_sit_in(unit, "fed_back")
        one.listeners.add(county["auditor"])
        make_sit_in(unit, "planned", year=2025)
    for show in ("", "overdue", "proposed"):
        with django_assert_max_num_queries(MOST_QUERIES):
            auditor.get(reverse("sit_in_plan"), {"show": show})
    with django_assert_max_num_queries(MOST_QUERIES):
        auditor.get(at("sit_in_detail", one))
    leader = browser_of(county, "county_leader")
    with django_assert_max_num_queries(MOST_QUERIES):
        leader.get(reverse("sit_in_figures"))
