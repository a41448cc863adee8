"""A unit's year as it was settled in the next one."""

import datetime as dt

import pytest

from tests.reports.compliance.make import browser_of, make_studying_county, on_the_day
from tests.reports.records import make_session, review

pytestmark = pytest.mark.django_db
OWN = "/units/QS001/compliance/"


@pytest.fixture
def auditor(monkeypatch):
    county = make_studying_county()
    session = make_session(county.own, "2026-12-30", steps=(), theme="年末学习")
    review(session, "submit", "2027-01-05")
    on_the_day(monkeypatch, dt.date(2027, 1, 29))
    return browser_of(county, "auditor")


@pytest.mark.parametrize(
    ("day", "december", "november", "annual"),
    [
        ("2027-01-04", "预警", "未达标", "预警"),
        ("2027-01-05", "达标", "未达标", "预警"),
        ("2027-01-11", "达标", "未达标", "未达标"),
    ],
)
def test_what_the_year_asked_is_settled_in_january(auditor, day, december, november, annual):
    year = auditor.get(OWN, {"as_of": day, "last_year": "on"}).context["year"]
    duties = {duty.anchor: duty.word for section in year.sections for duty in section.duties}
    assert [cell.word for cell in year.strips.months[10:]] == [november, december]
    assert duties["duty-annual_sessions-2026"] == annual


def test_the_page_names_the_year_and_its_sessions(auditor):
    page = auditor.get(OWN, {"as_of": "2027-01-11", "last_year": "on"}).content.decode()
    assert "2026年完成情况" in page
    assert "2026年集中学习" in page
    assert "12月30日 年末学习" in page


def test_without_asking_it_is_the_year_of_the_day(auditor):
    assert auditor.get(OWN).context["year"].number == "2027"
    assert auditor.get(OWN, {"as_of": "明天", "last_year": "on"}).context["year"].number == "2027"
