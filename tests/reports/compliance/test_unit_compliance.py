"""A unit's year at any day, for the unit, the department and the county's leaders."""

import pytest

from sessions.models import StudySession
from tests.reports.compliance.make import JUNE, browser_of, make_studying_county, on_the_day
from tests.reports.records import make_session, review

pytestmark = pytest.mark.django_db
OWN, SISTER = "/units/QS001/compliance/", "/units/QS002/compliance/"
MOST_QUERIES = 12


@pytest.fixture(autouse=True)
def _june(monkeypatch):
    on_the_day(monkeypatch)


@pytest.fixture
def county():
    return make_studying_county()


def page_of(county, who: str, address: str = OWN) -> str:
    answer = browser_of(county, who).get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_past_day_shows_what_was_known_then(county):
    late = make_session(county.own, "2026-05-20", steps=(), theme="五月的学习")
    review(late, "submit", "2026-05-25")
    auditor = browser_of(county, "auditor")
    months = {
        day: auditor.get(OWN, {"as_of": day}).context["year"].strips.months[4].word
        for day in ("2026-05-24", "2026-05-25", "2026-06-30")
    }
    assert months == {"2026-05-24": "预警", "2026-05-25": "达标", "2026-06-30": "达标"}


def test_a_session_returned_later_counted_before(county):
    session = StudySession.objects.get(theme="春耕备耕")
    review(session, "return", "2026-06-01")
    cards = [
        browser_of(county, "auditor").get(OWN, {"as_of": day}).context["year"].cards[0].value
        for day in ("2026-05-31", "2026-06-01")
    ]
    assert cards == ["2", "1"]


@pytest.mark.parametrize(
    ("day", "sentence"),
    [("2026-07-01", "只能查看今天和以前的日期"), ("明天", "日期无法识别"), ("1999-01-01", "改选")],
)
def test_a_day_that_cannot_be_shown_is_refused_in_words(county, day, sentence):
    answer = browser_of(county, "clerk").get(OWN, {"as_of": day})
    assert sentence in answer.content.decode()
    assert answer.context["year"].as_of == JUNE


def test_the_unit_and_the_auditor_read_names_and_a_county_leader_does_not(county):
    for who in ("clerk", "auditor", "department_admin"):
        assert "甲员0" in page_of(county, who)
    page = page_of(county, "county_leader")
    assert "甲员" not in page
    assert "2 名成员：已计入" in page


def test_a_draft_is_the_units_own_affair(county):
    make_session(county.own, "2026-05-20", steps=(), theme="没有报送的主题")
    assert "没有报送的主题" in page_of(county, "clerk")
    for who in ("auditor", "county_leader"):
        page = page_of(county, who)
        assert "没有报送的主题" not in page
        assert "5月20日的学习：草稿，尚未报送" in page


def test_whoever_looks_from_outside_finds_nothing(county):
    assert browser_of(county, "clerk").get(SISTER).status_code == 404
    assert browser_of(county, "auditor").get("/units/BS/compliance/").status_code == 404
    for who in ("system_admin", "security_admin", "security_auditor"):
        assert browser_of(county, who).get(OWN).status_code == 403


def test_nobody_but_the_unit_sees_its_chores(county):
    late = make_session(county.own, "2026-06-25", theme="退回的学习")
    review(late, "return", "2026-06-29")
    assert browser_of(county, "auditor").get(OWN).context["year"].chores == []
    assert "待办" not in page_of(county, "county_leader")


def test_a_unit_founded_later_did_not_exist(county):
    type(county.own).objects.filter(pk=county.own.pk).update(established_on="2026-01-01")
    page = page_of(county, "auditor", f"{OWN}?as_of=2025-12-31")
    assert "2025 年不存续" in page


def test_a_unit_costs_as_much_in_a_large_county(county, django_assert_max_num_queries):
    browser = browser_of(county, "county_leader")
    with django_assert_max_num_queries(MOST_QUERIES):
        assert browser.get(OWN).status_code == 200
