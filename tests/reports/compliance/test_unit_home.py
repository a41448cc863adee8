"""The home of a unit: the same figures as everywhere, what is missing, what to see to."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils.html import escape

from reports.emails import unit_mail
from reports.emails.items import title
from reports.emails.sources import topic_names
from reports.periods import Month
from reports.rules.explain import explain
from sessions.models import StudySession
from tests.portal.access.report_notice_samples import make_notice
from tests.portal.access.unit_report_samples import make_report
from tests.portal.county import make_assignment, make_county, make_unit
from tests.reports.assessments.make import make_scheme, make_sheet
from tests.reports.compliance.make import JUNE, browser_of, make_studying_county, on_the_day
from tests.reports.records import judged as judged_of
from tests.reports.records import make_entry, make_session, review
from units.access.roles import Role

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12


@pytest.fixture(autouse=True)
def _june(monkeypatch):
    on_the_day(monkeypatch)


def home_of(county, who: str = "clerk"):
    return browser_of(county, who).get("/")


def said(answer) -> str:
    return str(answer.content.decode())


def test_figures_are_those_of_the_mail():
    county = make_studying_county()
    judged = judged_of(county.own, JUNE)
    case = unit_mail.UnitCase(
        "甲局", judged.evaluation, judged.facts, judged.context, "规则", topic_names(2026)
    )
    mailed = dict(unit_mail.monthly(case, Month(2026, 6))["figures"])
    cards = {card.name: f"{card.value} {card.unit}".strip() for card in year_of(county).cards}
    assert cards == {
        "集中学习": mailed["2026年累计集中学习"],
        "集体研讨": mailed["2026年累计集体研讨"],
        "学习时间": mailed["2026年累计学习时间"],
        "到会率": mailed["到会率"],
        "参学率": mailed["参学率"],
    }
    assert cards["到会率"] == "87.50%"


def year_of(county, who: str = "clerk"):
    return home_of(county, who).context["year"]


def test_every_obligation_is_there_once_in_the_words_of_its_explanation():
    county = make_studying_county()
    judged = judged_of(county.own, JUNE)
    answer = home_of(county)
    shown = [duty for section in answer.context["year"].sections for duty in section.duties]
    expected = {title(one, {}) for one in judged.evaluation.results}
    assert {duty.title for duty in shown} == expected
    assert len(shown) == len(judged.evaluation.results)
    for result in judged.evaluation.results:
        words = explain(judged.facts, judged.context, result)
        for sentence in (words.actual, words.missing, words.deadline, words.reachable):
            assert escape(sentence) in said(answer)


def test_the_standing_comes_with_its_reason():
    year = year_of(make_studying_county())
    assert (year.standing.word, year.standing.key) == ("未达标", "behind")
    assert year.standing.reason == ("年度计划报备、每月集中学习（1月、2月、5月）未达标。")


def test_months_and_quarters_say_their_outcome_in_words():
    strips = year_of(make_studying_county()).strips
    words = [f"{cell.name} {cell.word} {cell.number}" for cell in strips.months]
    assert words[1:7] == [
        "2月 未达标 0 次",
        "3月 达标 1 次",
        "4月 达标 1 次",
        "5月 未达标 0 次",
        "6月 预警 0 次",
        "7月 未到期 0 次",
    ]
    assert [cell.word for cell in strips.quarters] == ["达标", "预警", "未到期", "未到期"]


def test_an_obligation_opens_to_the_sessions_counted_and_left_out():
    county = make_studying_county()
    draft = make_session(county.own, "2026-03-20", steps=(), theme="还没有报")
    duties = {duty.anchor: duty for section in year_of(county).sections for duty in section.duties}
    march = duties["duty-monthly_sessions-2026-03"]
    (counted,), (left_out,) = march.counted.lines, march.left_out.lines
    assert (counted.name, counted.reason) == ("3月10日 春耕备耕", "已计入")
    assert (left_out.name, left_out.reason) == ("3月20日 还没有报", "草稿，尚未报送")
    assert left_out.address == f"/sessions/{draft.pk}/"
    speeches = duties["duty-speeches_per_member-2026"]
    assert {line.name for line in speeches.counted.lines} == {"甲员0", "甲员1"}


def test_what_was_returned_comes_first_with_the_reason():
    county = make_studying_county()
    late = make_session(county.own, "2026-06-25", theme="退回的学习")
    review(late, "return", "2026-06-29")
    kinds = year_of(county).chores
    (item,) = kinds[0].items
    assert (kinds[0].title, item.text, item.note) == (
        "已退回，待更正重报",
        "6月25日 退回的学习",
        "不全",
    )
    assert (item.until, item.address) == ("7月6日", f"/sessions/{late.pk}/edit/")
    assert year_of(county, "approver").chores[0].items[0].address == f"/sessions/{late.pk}/"


@pytest.mark.parametrize(
    ("due", "said"), [("2026-07-20", "不全（退回时要求7月20日前更正）"), ("2026-07-06", "不全")]
)
def test_the_auditors_own_deadline_stands_beside_the_rules(due, said):
    county = make_studying_county()
    late = make_session(county.own, "2026-06-25", theme="退回的学习")
    review(late, "return", "2026-06-29")
    late.events.filter(kind="return").update(due=due)
    (item,) = year_of(county).chores[0].items
    assert (item.until, item.note) == ("7月6日", said)


def test_a_notice_stays_until_the_report_is_handed_in():
    county = make_studying_county()
    due = {"year": 2026, "kind": "half_year", "due": dt.date(2026, 6, 20)}
    notice = make_notice(county.root, county["department_admin"], **due)
    page = said(home_of(county))
    assert "通知要求报送的报告（1）" in page
    assert notice.title in page
    make_report(county.own, year=2026, kind="half_year")
    assert notice.title not in said(home_of(county))


def test_open_makeups_and_missing_files_name_their_session_and_deadline():
    chores = {kind.title: kind.items for kind in year_of(make_studying_county()).chores}
    (makeup,) = chores["待补学"]
    assert makeup.text == "4月8日 防汛抗旱"
    assert (makeup.until, makeup.note) == ("5月8日", "1 人次待补学，期限已过")
    assert [item.text for item in chores["材料不齐"]] == ["3月10日 春耕备耕", "4月8日 防汛抗旱"]
    assert chores["材料不齐"][0].note.startswith("缺会议记录、签到表，期限3月17日")


def test_a_late_change_of_the_roster_asks_to_look_at_the_attendance_again():
    county = make_studying_county()
    make_entry(county.own, "补登的成员", start="2026-03-01")
    (kind,) = [each for each in year_of(county).chores if "名册" in each.title]
    assert [item.note for item in kind.items] == [
        "出勤登记了 4 人，按现名册当日在职 5 人",
        "出勤登记了 4 人，按现名册当日在职 5 人",
    ]


def test_a_member_in_anothers_place_asks_too():
    county = make_studying_county()
    make_entry(county.own, "补登的成员", start="2026-03-01", end="2026-03-20")
    first = county.own.people.get(name="甲员1").entries.get()
    first.end_date = dt.date(2026, 3, 1)
    first.save()
    (kind,) = [each for each in year_of(county).chores if "名册" in each.title]
    assert kind.items[0].text == "3月10日 春耕备耕"
    assert kind.items[0].note == "出勤登记的成员与现名册当日在职的不一致"


def test_the_year_costs_as_much_with_many_records_as_with_few(django_assert_max_num_queries):
    county = make_studying_county(members=12)
    for number in range(40):
        make_session(county.own, f"2026-0{number % 6 + 1}-{number % 20 + 1:02}", theme="学习")
        make_unit(f"QS1{number:02}", f"青石县第{number}局", county.root)
    browser = browser_of(county, "clerk")
    with django_assert_max_num_queries(MOST_QUERIES):
        assert browser.get("/").status_code == 200


def test_nothing_of_another_unit_shows_at_home():
    page = said(home_of(make_studying_county()))
    for word in ("乙局", "乙员", "乙局自己的主题"):
        assert word not in page


def test_a_clerk_may_record_and_an_approver_may_not():
    county = make_studying_county()
    assert '<a class="btn btn-primary btn-lg" href="/sessions/new/">' in said(home_of(county))
    assert "/sessions/new/" not in said(home_of(county, "approver"))


def test_whoever_starts_is_told_what_to_do_first():
    county = make_county()
    page = said(home_of(county))
    assert "刚开始使用" in page
    assert [step.is_done for step in year_of(county).steps] == [False, False, False]
    make_entry(county.own, "甲员")
    make_session(county.own, steps=())
    assert "刚开始使用" not in said(home_of(county))


def test_without_a_published_rule_set_the_page_says_so():
    answer = home_of(make_studying_county(rules=False))
    assert "尚未发布适用于本单位的 2026 年考核规则" in said(answer)
    assert answer.context["year"].standing.reason == "本年还没有适用的考核规则。"
    assert answer.context["year"].cards[0].value == "2"
    assert [cell.word for cell in answer.context["year"].strips.months] == [""] * 12


def test_a_year_the_calendar_does_not_know_is_warned_of(monkeypatch):
    on_the_day(monkeypatch, dt.date(2035, 3, 1))
    assert "2035年的法定节假日安排尚未收录" in said(home_of(make_county()))


def test_a_unit_without_a_group_owes_nothing():
    county = make_county()
    type(county.own).objects.filter(pk=county.own.pk).update(has_group=False)
    assert "不设中心组" in said(home_of(county))


def test_what_must_not_go_online_is_named_by_its_day_alone():
    county = make_studying_county()
    make_session(county.own, "2026-05-06", is_offline_only=True, archive_place="机要室")
    names = [
        line.name
        for section in year_of(county).sections
        for duty in section.duties
        if duty.anchor == "duty-monthly_sessions-2026-05"
        for line in duty.counted.lines
    ]
    assert names == ["5月6日 （未登记主题的学习）"]


def test_after_switching_units_the_other_units_year_is_home():
    county = make_studying_county()
    other = make_assignment(county["clerk"], Role.CLERK, county.sister)
    browser = browser_of(county, "clerk")
    browser.post(f"/roles/{other.pk}/")
    page = said(browser.get("/"))
    assert "乙局自己的主题" in page
    assert "春耕备耕" not in page
    assert StudySession.objects.count() == 3


def test_every_link_of_a_unit_at_work_leads_somewhere():
    county = make_studying_county()
    review(make_session(county.own, "2026-06-25"), "return", "2026-06-29")
    make_session(county.own, "2026-06-26", steps=())
    make_entry(county.own, "补登的成员", start="2026-03-01")
    for who in ("clerk", "approver"):
        browser = browser_of(county, who)
        page = said(browser.get("/"))
        addresses = set(re.findall(r'href="(/[^"#?]*)"', page))
        found = {
            address: browser.get(address).status_code
            for address in addresses
            if not address.startswith("/static/")
        }
        assert len(found) > 10
        assert set(found.values()) == {200}, found


def test_an_assessment_waits_until_the_own_scores_are_handed_in():
    county = make_studying_county()
    sheet = make_sheet(county.own, scheme=make_scheme(county.root, title="年终方案"))
    make_sheet(county.sister, scheme=make_scheme(county.root, title="乙局方案"))
    page = said(home_of(county))
    assert reverse("assessment_self", args=[sheet.pk]) in page
    assert "年终方案" in page
    assert "乙局方案" not in page
    type(sheet).objects.filter(pk=sheet.pk).update(status="handed_in")
    assert "年终方案" not in said(home_of(county))
