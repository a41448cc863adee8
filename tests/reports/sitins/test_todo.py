"""What waits is named where people start from."""

import datetime as dt

import pytest

from tests.reports.compliance.make import JUNE, browser_of, make_studying_county, on_the_day
from tests.reports.sitins.make import make_finding, make_sit_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _june(monkeypatch):
    on_the_day(monkeypatch)


def home_of(county, who: str) -> str:
    return str(browser_of(county, who).get("/").content.decode())


def test_a_unit_starts_from_what_it_has_to_put_right():
    county = make_studying_county()
    late = make_finding(county.own, due=JUNE - dt.timedelta(days=1), problem="长" * 60)
    back = make_finding(county.own, "sent_back", problem="缺签到表")
    make_finding(county.own, "replied")
    make_finding(county.sister, problem="乙局的问题")
    year = browser_of(county, "clerk").get("/").context["year"]
    (kind,) = [each for each in year.chores if each.title == "待整改的问题"]
    assert kind.presses
    first, second = kind.items
    assert (first.until, first.note) == ("6月29日", "期限已过")
    assert first.address == f"/findings/{late.pk}/reply/"
    assert len(first.text) == 40
    assert (second.text, second.until, second.note) == ("缺签到表", "7月10日", "")
    assert f"/findings/{back.pk}/" in home_of(county, "approver")
    assert f"/findings/{back.pk}/reply/" not in home_of(county, "approver")


def test_the_department_starts_from_what_is_overdue_and_leaders_do_not():
    county = make_studying_county()
    make_sit_in(county.own, "held")
    make_finding(county.own, "replied")
    make_finding(county.sister, due=JUNE - dt.timedelta(days=1))
    make_finding(county.abroad, "replied")
    page = home_of(county, "auditor")
    for words in ("1 次旁听逾期未反馈", "1 个问题已回复，待核查销号", "1 个问题逾期未整改"):
        assert words in page
    assert "逾期未反馈" not in home_of(county, "county_leader")


def test_nothing_of_it_counts():
    county = make_studying_county()
    before = browser_of(county, "clerk").get("/").context["year"]
    make_sit_in(county.own, "fed_back")
    make_finding(county.own, due=JUNE - dt.timedelta(days=1))
    after = browser_of(county, "clerk").get("/").context["year"]
    assert (after.standing, after.cards) == (before.standing, before.cards)
