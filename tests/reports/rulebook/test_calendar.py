"""The working calendar: national days, the county's own over them, and what they move."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import AuditEvent
from reports.models import CalendarDay
from reports.rulebook.calendar.effects import effects
from reports.working_days import recorded_calendar
from tests.portal.county import make_county
from tests.reports.records import make_rules, make_session
from tests.reports.rulebook.make import browser_of

pytestmark = pytest.mark.django_db
WEDNESDAY = dt.date(2026, 6, 3)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel("2026-06-30 10:00+08:00", tick=False):
        yield


@pytest.fixture
def county():
    return make_county()


@pytest.fixture
def admin(county):
    return browser_of(county)


def address(day: dt.date | str = WEDNESDAY, name: str = "calendar_day") -> str:
    return reverse(name, args=[str(day)])


def days_of(page) -> dict[dt.date, tuple[str, str]]:
    return {
        day.date: (day.word, day.tone)
        for month in page.context["months"]
        for week in month.weeks
        for day in week
        if day
    }


def test_a_year_shows_holidays_exchanged_days_and_the_countys_own(admin):
    CalendarDay.objects.create(date=WEDNESDAY, is_workday=False, note="防汛轮休")
    page = admin.get(reverse("calendar_year"), {"year": "2026"})
    days = days_of(page)
    assert len(days) == 365
    assert days[dt.date(2026, 2, 17)] == ("春节", "day-holiday")
    assert days[dt.date(2026, 2, 14)] == ("班", "day-swap")
    assert days[dt.date(2026, 6, 6)] == ("", "day-rest")
    assert days[WEDNESDAY] == ("休息", "day-own")
    assert "防汛轮休" in page.content.decode()
    assert page.context["works"] == 247
    assert page.context["warning"] == ""


def test_a_year_nobody_has_recorded_is_warned_of(admin):
    page = admin.get(reverse("calendar_year"), {"year": "2030"})
    assert "2030年的法定节假日安排尚未收录" in page.content.decode()


def test_a_day_is_set_and_cleared_with_a_reason_and_a_trace(admin):
    admin.post(address(), {"kind": "rest", "note": "防汛轮休"})
    assert not recorded_calendar().is_workday(WEDNESDAY)
    again = {"kind": "rest", "note": "全县轮休", "opened": "rest 防汛轮休"}
    assert admin.post(address(), again).status_code == 302
    admin.post(address(name="calendar_day_clear"))
    assert recorded_calendar().is_workday(WEDNESDAY)
    lines = AuditEvent.objects.filter(action__startswith="calendar.").order_by("id")
    assert [(line.before["entry"], line.after["entry"]) for line in lines] == [
        ("", "rest 防汛轮休"),
        ("rest 防汛轮休", "rest 全县轮休"),
        ("rest 全县轮休", ""),
    ]


def test_two_people_see_both(admin):
    CalendarDay.objects.create(date=WEDNESDAY, is_workday=False, note="他人写的")
    mine = {"kind": "rest", "note": "我写的", "opened": ""}
    answer = admin.post(address(), mine)
    assert answer.status_code == 409
    assert "他人写的" in answer.content.decode()
    assert "我写的" in answer.content.decode()
    assert CalendarDay.objects.get().note == "他人写的"
    admin.post(address(), mine | {"opened": answer.context["form"].data["opened"]})
    assert CalendarDay.objects.get().note == "我写的"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"kind": "work", "note": "多此一举"}, "kind"),
        ({"kind": "rest", "note": ""}, "note"),
        ({"kind": "rest", "note": "绝密★启用前"}, "note"),
        ({"kind": "half", "note": "半天"}, "kind"),
    ],
)
def test_what_is_wrong_is_said_at_the_field(admin, body, field):
    answer = admin.post(address(), body)
    assert answer.status_code == 400
    assert answer.context["form"].errors[field]
    assert not CalendarDay.objects.exists()


def test_effects_count_the_deadlines_that_move(county):
    make_rules()
    make_session(county.own, "2026-05-29")
    make_session(county.own, "2026-05-12")
    make_session(county.sister, "2026-06-03")
    calendar = recorded_calendar()
    assert effects(calendar, WEDNESDAY, is_workday=False) == (1, 1)
    assert effects(calendar, WEDNESDAY, is_workday=True).total == 0
    assert effects(calendar, dt.date(2026, 6, 26), is_workday=False).total == 0


@pytest.mark.parametrize("day", ["x", "2026-02-30", "0001-01-01", "9999-12-31"])
def test_what_is_no_day_is_not_found(admin, day):
    assert admin.get(address(day)).status_code == 404


def test_the_field_above_the_months_leads_to_the_day(admin):
    answer = admin.get(reverse("calendar_year"), {"day": "2026-06-03"})
    assert answer["Location"] == address()


@pytest.mark.parametrize("who", ["clerk", "auditor", "county_leader"])
def test_others_read_and_set_nothing(county, who):
    browser = browser_of(county, who)
    page = browser.get(reverse("calendar_year"), {"day": "2026-06-03"})
    assert page.status_code == 200
    assert address() not in page.content.decode()
    assert browser.post(address(), {"kind": "rest", "note": "x"}).status_code == 403


def test_many_own_days_cost_the_same_queries(admin):
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            admin.get(reverse("calendar_year"))
        return len(queries)

    few = cost()
    for day in range(1, 29):
        CalendarDay.objects.create(date=f"2026-08-{day:02}", is_workday=False, note="轮休")
    assert cost() == few
    assert few <= 12
