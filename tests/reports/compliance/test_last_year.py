"""What is left of last year stands on the home of a unit while it can still be put right."""

import datetime as dt

import pytest

from reports.models import RuleSet
from sessions.models import ReviewEvent, Status
from sessions.services import record_event
from tests.portal.access.unit_report_samples import make_report
from tests.reports.compliance.make import browser_of, make_studying_county, on_the_day
from tests.reports.records import at, make_session, review

pytestmark = pytest.mark.django_db
MOST_QUERIES = 22
Kind = ReviewEvent.Kind


def chores_of(county, monkeypatch, day: str):
    on_the_day(monkeypatch, dt.date.fromisoformat(day))
    year = browser_of(county, "clerk").get("/").context["year"]
    return {kind.title: kind.items for kind in year.chores}


def test_a_report_returned_in_january_names_its_window(monkeypatch):
    county = make_studying_county()
    report = make_report(county.own, Status.DRAFT, year=2026)
    for kind, day in ((Kind.SUBMIT, "2026-12-18"), (Kind.RETURN, "2027-01-04")):
        record_event(about=report, kind=kind, at=at(day), reason="不全")
    (item,) = chores_of(county, monkeypatch, "2027-01-05")["已退回，待更正重报"]
    assert (item.text, item.until, item.note) == ("2026年年度总结", "2027年1月11日", "不全")


def test_decembers_sessions_are_still_to_be_corrected_made_up_and_filed(monkeypatch):
    county = make_studying_county()
    returned = make_session(county.own, "2026-12-29", theme="退回的学习")
    review(returned, "return", "2027-01-04")
    make_session(county.own, "2026-12-30", statuses=["absent"], theme="年末学习")
    found = chores_of(county, monkeypatch, "2027-01-05")
    (item,) = found["已退回，待更正重报"]
    assert (item.text, item.until) == ("2026年12月29日 退回的学习", "2027年1月11日")
    makeup = found["待补学"][-1]
    assert (makeup.text, makeup.until) == ("2026年12月30日 年末学习", "2027年1月29日")
    assert "2026年12月30日 年末学习" in [item.text for item in found["材料不齐"]]


def test_of_last_years_papers_only_the_summary_is_still_asked_for(monkeypatch):
    county = make_studying_county()
    (item,) = chores_of(county, monkeypatch, "2027-02-01")["计划和报告"]
    assert item.text == "2026年年度总结"
    assert "期限12月20日已过" in item.note


@pytest.mark.parametrize(("day", "left"), [("2027-03-31", True), ("2027-04-01", False)])
def test_last_year_is_looked_after_until_march(monkeypatch, day, left):
    assert ("待补学" in chores_of(make_studying_county(), monkeypatch, day)) is left


def test_a_year_without_rules_asks_nothing_any_more(monkeypatch):
    county = make_studying_county()
    RuleSet.objects.update(year=2027, effective_from="2027-01-01")
    assert "待补学" not in chores_of(county, monkeypatch, "2027-01-05")


def test_the_home_asks_a_fixed_number_of_queries(monkeypatch, django_assert_max_num_queries):
    county = make_studying_county()
    on_the_day(monkeypatch, dt.date(2027, 1, 5))
    browser = browser_of(county, "clerk")
    with django_assert_max_num_queries(MOST_QUERIES):
        browser.get("/")
