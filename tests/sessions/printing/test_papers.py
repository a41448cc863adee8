"""What the printed papers say."""

from datetime import date

import pytest
from django.test import Client

from sessions.models import Attendance, StudySession
from tests.portal.county import County, make_county
from tests.sessions.printing.make import make_meeting
from tests.units.imports.factories import make_entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def county() -> County:
    made = make_county()
    make_meeting(made.own)
    make_entry(made.own, "陈丙", role="secretary")
    return made


def page_of(county: County, name: str, who: str = "clerk", query: str = "") -> str:
    browser = Client()
    browser.force_login(county[who])
    address = f"/sessions/{StudySession.objects.get().pk}/{name}/{query}"
    return browser.get(address).content.decode()


def test_the_record_has_what_a_record_book_must_have(county):
    page = page_of(county, "record-sheet")
    for words in (
        "青石县甲局党组理论学习中心组学习记录",
        "2026年3月5日",
        "三楼会议室",
        "应到 2 人，实到 1 人：李甲。",
        "王乙（病假：住院）",
        "宪法总纲",
        "1. 李甲（重点发言）：宪法与依法行政",
    ):
        assert words in page


def test_the_filled_sheet_follows_the_record_and_the_blank_one_the_roster(county):
    filled, blank = (
        page_of(county, "sign-in-sheet"),
        page_of(county, "sign-in-sheet", query="?blank=1"),
    )
    assert "请假 1 人" in filled
    assert "住院" in filled
    assert "住院" not in blank
    assert "王乙" in blank
    assert "陈丙" not in blank


def test_a_sheet_for_a_day_to_come_lists_who_will_be_in_office(county):
    make_entry(county.own, "孙戊", start=date(2027, 1, 1))
    browser = Client()
    browser.force_login(county["clerk"])
    assert "孙戊" not in browser.get("/sign-in-sheet/?on=2026-12-31").content.decode()
    page = browser.get("/sign-in-sheet/?on=2027-01-01&theme=开年第一课").content.decode()
    assert "孙戊" in page
    assert "开年第一课" in page
    assert browser.get("/sign-in-sheet/?on=明天").status_code == 200


def test_what_stays_offline_is_not_printed(county):
    StudySession.objects.update(
        is_offline_only=True, theme="", content="", archive_place="机要室 3 柜"
    )
    page = page_of(county, "record-sheet")
    assert "机要室 3 柜" in page
    assert "宪法与依法行政" not in page
    assert "见纸质档案" in page_of(county, "sign-in-sheet")


def test_leave_is_for_the_unit_and_the_auditors_alone(county):
    assert "住院" in page_of(county, "sign-in-sheet", who="auditor")
    for name in ("sign-in-sheet", "record-sheet"):
        assert "住院" not in page_of(county, name, who="county_leader")


def test_a_paper_costs_few_queries(county, django_assert_max_num_queries):
    session = StudySession.objects.get()
    for number in range(40):
        member = make_entry(county.own, f"成员{number}")
        Attendance.objects.create(session=session, member=member, status="present")
    browser = Client()
    browser.force_login(county["clerk"])
    browser.get("/roster/")
    for name in ("record-sheet", "sign-in-sheet"):
        with django_assert_max_num_queries(12):
            browser.get(f"/sessions/{session.pk}/{name}/")
