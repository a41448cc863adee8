"""A county says that a year's holidays are all entered; then nothing warns of the year."""

import datetime as dt

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEvent
from reports.models import CalendarDay, CalendarYear
from reports.rulebook.calendar.complete import entered, national_last
from reports.standings.basis import Basis, ground
from reports.working_days import recorded_calendar
from tests.portal.county import make_county
from tests.reports.rulebook.make import browser_of

pytestmark = pytest.mark.django_db
YEAR = 2030


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel("2026-06-30 10:00+08:00", tick=False):
        yield


@pytest.fixture
def county():
    return make_county()


@pytest.fixture
def admin(county) -> Client:
    return browser_of(county)


@pytest.fixture
def days() -> None:
    """New Year's Day on a Tuesday, a Saturday made up for it, and a Sunday at rest as ever."""
    for day, works in ((1, False), (5, True), (6, False)):
        CalendarDay.objects.create(date=dt.date(YEAR, 1, day), is_workday=works)


def address(name: str = "calendar_complete", year: int = YEAR) -> str:
    return reverse(name, args=[year])


def warned(browser: Client) -> bool:
    page = browser.get(reverse("calendar_year"), {"year": YEAR}).content.decode()
    return "2030年的法定节假日安排尚未收录" in page


def test_what_is_entered_is_told_beside_the_latest_national_year(admin, days):
    assert entered(YEAR) == (1, 1)
    assert national_last(2026) == (2025, (18, 5))
    page = admin.get(address()).content.decode()
    assert "周一至周五 1 天" in page
    assert "周末 1 天" in page
    assert not CalendarYear.objects.exists()


def test_a_declared_year_is_warned_of_no_more_until_it_is_taken_back(admin, days):
    assert warned(admin)
    assert admin.post(address(), {"note": "放假通知"}).status_code == 302
    assert not warned(admin)
    assert recorded_calendar().warning([YEAR]) == ""
    assert "放假通知" in admin.get(reverse("calendar_year"), {"year": YEAR}).content.decode()
    assert admin.post(address("calendar_incomplete")).status_code == 302
    assert warned(admin)


def test_both_steps_leave_a_line_and_a_second_click_none(admin, days):
    for name in ("calendar_complete", "calendar_complete"):
        admin.post(address(name), {"note": ""})
    for name in ("calendar_incomplete", "calendar_incomplete"):
        admin.post(address(name))
    lines = AuditEvent.objects.filter(action__startswith="calendar.").order_by("id")
    assert [line.action for line in lines] == ["calendar.complete", "calendar.incomplete"]
    assert lines[0].after == {"year": YEAR, "complete": True, "note": "", "rests": 1, "works": 1}


def test_nothing_entered_is_not_complete(admin):
    answer = admin.post(address(), {"note": ""})
    assert answer.status_code == 400
    assert "还没有录入任何" in answer.content.decode()
    assert not CalendarYear.objects.exists()


def test_a_year_the_nation_has_arranged_needs_no_word(admin):
    CalendarDay.objects.create(date="2026-06-03", is_workday=False)
    assert admin.post(address(year=2026)).status_code == 302
    assert not CalendarYear.objects.exists()


@pytest.mark.parametrize(
    ("body", "year", "status"), [({"note": "绝密★启用前"}, YEAR, 400), ({}, 1, 404)]
)
def test_what_makes_no_sense_is_refused(admin, days, body, year, status):
    assert admin.post(address(year=year), body).status_code == status
    assert not CalendarYear.objects.exists()


def test_what_is_kept_of_units_follows(admin, days):
    as_of = dt.date(YEAR, 1, 31)
    before = Basis(ground(year=YEAR, as_of=as_of))
    admin.post(address(), {"note": ""})
    assert vars(Basis(ground(year=YEAR, as_of=as_of))) != vars(before)


@pytest.mark.parametrize("who", ["clerk", "auditor", "county_leader"])
def test_others_see_no_button_and_declare_nothing(county, days, who):
    browser = browser_of(county, who)
    page = browser.get(reverse("calendar_year"), {"year": YEAR}).content.decode()
    assert address() not in page
    assert browser.post(address(), {"note": ""}).status_code == 403
    assert browser.post(address("calendar_incomplete")).status_code == 403
