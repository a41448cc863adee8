"""Where the units stand, for the department and the county's leaders."""

import datetime as dt

import openpyxl
import pytest
from django.core.management import call_command

from reports.models import RuleSet
from tests.portal.county import make_county, make_unit
from tests.reports.compliance.make import browser_of, make_studying_county, on_the_day
from tests.reports.records import make_entry, make_session, review
from units.access.roles import EVERY_ROLE, SYSTEM_ROLES

pytestmark = pytest.mark.django_db
MOST_QUERIES, MOST_ON_THE_FIRST_VISIT = 15, 22


@pytest.fixture(autouse=True)
def _june(monkeypatch):
    on_the_day(monkeypatch)


def home_of(county, who: str = "auditor", **asked):
    return browser_of(county, who).get("/", asked).context


def test_the_table_says_what_the_workbook_says(tmp_path):
    county = make_studying_county()
    path = tmp_path / "汇总.xlsx"
    call_command("rollup", as_of="2026-06-30", out=str(path), unit_root=county.root.code)
    sheet = openpyxl.load_workbook(path)["汇总表"]
    head = [cell.value for cell in sheet[3]]
    rows = [dict(zip(head, row, strict=True)) for row in sheet.iter_rows(4, values_only=True)]
    printed = [
        (
            r["单位"],
            r["状态"],
            r["累计集中学习(次)"],
            r["累计集体研讨(次)"],
            r["到会率"],
            r["参学率"],
        )
        for r in rows
        if r["单位"]
    ]
    shown = [
        (
            line.name, line.word, line.figures.sessions, line.figures.discussions,
            line.figures.present / line.figures.base,
            (line.figures.present + line.figures.made_up) / line.figures.base,
        )
        for line in home_of(county)["lines"]
    ]  # fmt: skip
    assert shown == printed
    assert [line.attendance for line in home_of(county)["lines"]] == ["87.50%", "100.00%"]


def test_units_come_in_official_order_whatever_their_results():
    county = make_studying_county()
    type(county.own).objects.filter(pk=county.own.pk).update(rank_order=9)
    assert [line.code for line in home_of(county)["lines"]] == ["QS002", "QS001"]


def test_cards_count_all_units_and_the_table_those_chosen():
    county = make_studying_county()
    excused = make_unit("QS003", "青石县丙局", county.root)
    type(excused).objects.filter(pk=excused.pk).update(established_on="2026-12-25")
    seen = home_of(county, standing="behind")
    assert {each.key: each.number for each in seen["counts"]} == {
        "on_track": 0,
        "attention": 0,
        "behind": 2,
        "not_applicable": 1,
    }
    assert (seen["total"], [line.code for line in seen["lines"]]) == (3, ["QS001", "QS002"])
    assert [line.code for line in home_of(county, standing="not_applicable")["lines"]] == ["QS003"]


def test_a_category_narrows_cards_and_table():
    county = make_studying_county()
    assert home_of(county, category="bureau")["total"] == 2
    assert home_of(county, category="missing")["total"] == 2


def test_a_past_day_shows_the_states_of_then():
    county = make_studying_county()
    sessions = [line.figures.sessions for line in home_of(county, as_of="2026-03-31")["lines"]]
    assert sessions == [1, 1]


def test_what_is_missed_stands_in_words():
    line = home_of(make_studying_county())["lines"][1]
    assert (
        line.missed
        == "年度计划报备、每月集中学习（1月、2月、4月、5月）、每季集体研讨（一季度）、一次一档"
    )


def test_a_unit_to_look_after_says_why_even_where_only_a_return_is_open():
    county = make_studying_county()
    RuleSet.objects.get().rules.exclude(key="annual_report").update(enabled=False)
    review(make_session(county.own, "2026-05-11"), "return", "2026-05-12")
    (own, sister) = home_of(county)["lines"]
    assert (own.word, own.attention) == ("需关注", "有被退回、尚待更正重报的材料")
    assert (sister.word, sister.attention) == ("正常", "")


def test_no_unit_of_another_county_shows():
    county = make_studying_county()
    foreign = make_unit("BS001", "白石县丁局", county.abroad)
    make_session(foreign, "2026-03-10")
    for who in ("auditor", "department_admin", "county_leader"):
        page = browser_of(county, who).get("/").content.decode()
        assert "甲局" in page
        assert "丁局" not in page


@pytest.mark.parametrize("who", sorted(SYSTEM_ROLES))
def test_administrators_see_no_study(who):
    page = browser_of(make_studying_county(), who).get("/").content.decode()
    for word in ("甲局", "未达标", "参学率", "集中学习"):
        assert word not in page


@pytest.mark.parametrize("who", sorted(EVERY_ROLE))
def test_every_home_opens_in_a_county_without_anything(who):
    assert browser_of(make_county(), who).get("/").status_code == 200


def test_units_without_rules_are_counted_and_explained():
    county = make_studying_county()
    RuleSet.objects.update(published_at=None)
    answer = browser_of(county, "auditor").get("/")
    assert answer.context["without_rules"] == 2
    assert "有 2 个单位还没有适用的 2026 年考核规则" in answer.content.decode()


def test_a_year_the_calendar_does_not_know_is_warned_of(monkeypatch):
    on_the_day(monkeypatch, dt.date(2035, 3, 1))
    page = browser_of(make_county(), "auditor").get("/").content.decode()
    assert "2035年的法定节假日安排尚未收录" in page


@pytest.mark.parametrize("more", [0, 120])
def test_many_units_cost_as_much_as_few(more, django_assert_max_num_queries):
    county = make_studying_county()
    for number in range(more):
        unit = make_unit(f"QS1{number:03}", f"青石县第{number}局", county.root)
        make_entry(unit, "成员")
        if number % 10 == 0:
            review(make_session(unit, "2026-06-10"), "return", "2026-06-20")
    browser = browser_of(county, "auditor")
    asked = {"standing": "behind", "category": "bureau"}
    with django_assert_max_num_queries(MOST_ON_THE_FIRST_VISIT):
        browser.get("/", asked)
    with django_assert_max_num_queries(MOST_QUERIES):
        answer = browser.get("/", asked)
    assert answer.context["total"] == 2 + more
    assert len(answer.context["lines"]) == min(2 + more, 50)
