"""A change before sessions on record: shown, agreed to, and left to be confirmed anew."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from sessions.models import Attendance, StudySession
from sessions.rosters.matching import mismatches
from tests.portal.county import County, make_county
from tests.units.imports.factories import make_entry
from tests.units.spreadsheets.workbooks import make_workbook
from units.models import RosterEntry
from units.roster import services
from units.roster.changing import TouchesRecordsError, key_of
from units.roster.terms import digest_of

pytestmark = pytest.mark.django_db

APRIL = date(2026, 4, 1)


@pytest.fixture
def county() -> County:
    """Two sessions of 李甲 and 王乙, in March and in May 2026, both submitted."""
    made = make_county()
    members = [make_entry(made.own, name) for name in ("李甲", "王乙")]
    for month in (3, 5):
        make_session(made, date(2026, month, 5), members)
    return made


def make_session(county: County, day: date, members: list[RosterEntry], **changes) -> StudySession:
    values = {"theme": f"{day.month}月学习", "form": "collective", "status": "submitted"} | changes
    session = StudySession.objects.create(unit=county.own, date=day, end_date=day, **values)
    for member in members:
        Attendance.objects.create(session=session, member=member, status="present")
    return session


def end(county: County, on: date, **sent: str) -> None:
    entry = RosterEntry.objects.get(person__name="王乙")
    services.end_term(entry=entry, on=on, seen=digest_of(county.own), **sent)


def test_the_sessions_after_the_day_are_named_and_nothing_is_written(county):
    with pytest.raises(TouchesRecordsError) as asked:
        end(county, APRIL)
    (touched,) = asked.value.touched
    assert (touched.what, touched.come, touched.gone) == ("5月学习", (), ("王乙",))
    assert RosterEntry.objects.get(person__name="王乙").end_date is None


def test_once_agreed_the_rows_stay_and_the_session_is_to_be_confirmed(county):
    with pytest.raises(TouchesRecordsError) as asked:
        end(county, APRIL)
    before = list(Attendance.objects.values())
    end(county, APRIL, confirmed=key_of(asked.value.touched))
    assert list(Attendance.objects.values()) == before
    (mismatch,) = mismatches(county.own, [2026])
    assert (mismatch.session.theme, mismatch.extra, mismatch.missing) == ("5月学习", ("王乙",), ())


def test_agreeing_to_other_sessions_is_not_enough(county):
    with pytest.raises(TouchesRecordsError) as asked:
        end(county, APRIL)
    make_session(county, date(2026, 6, 5), [])
    with pytest.raises(TouchesRecordsError):
        end(county, APRIL, confirmed=key_of(asked.value.touched))


@pytest.mark.parametrize("on", [date(2026, 5, 6), date(2027, 1, 1)])
def test_a_day_after_all_sessions_asks_nothing(county, on):
    end(county, on)
    assert mismatches(county.own, [2026]) == []


def test_another_post_touches_no_session_and_leaving_for_the_secretary_does(county):
    entry = RosterEntry.objects.get(person__name="王乙")
    office = services.Office(role="deputy", post="副局长", rank_order=1, start_date=APRIL)
    services.change_office(entry=entry, office=office, seen=digest_of(county.own))
    entry = RosterEntry.objects.get(person__name="李甲")
    office = services.Office(role="secretary", post="", rank_order=9, start_date=APRIL)
    with pytest.raises(TouchesRecordsError):
        services.change_office(entry=entry, office=office, seen=digest_of(county.own))


def test_drafts_ask_nothing(county):
    StudySession.objects.update(status="draft")
    end(county, APRIL)
    assert mismatches(county.own, [2026]) == []


def test_a_swap_of_one_for_one_does_not_pass_for_a_match(county):
    RosterEntry.objects.filter(person__name="王乙").update(end_date=APRIL)
    make_entry(county.own, "孙戊", start=APRIL)
    (mismatch,) = mismatches(county.own, [2026])
    assert (mismatch.missing, mismatch.extra) == (("孙戊",), ("王乙",))


def test_the_page_asks_once_and_then_lists_what_to_confirm(county):
    browser = Client()
    browser.force_login(county["clerk"])
    address = f"/roster/entries/{RosterEntry.objects.get(person__name='王乙').pk}/end/"
    sent = {"end_date": "2026-04-01", "seen": digest_of(county.own)}
    page = browser.post(address, sent)
    assert "5月学习" in page.content.decode()
    assert (
        browser.post(address, {**sent, "confirmed": page.context["tried"].key}).status_code == 302
    )
    listed = browser.get("/units/QS001/reconfirm/").content.decode()
    assert "5月学习" in listed
    assert "3月学习" not in listed


@pytest.mark.parametrize("many", [0, 40])
def test_the_list_costs_as_much_with_many(county, many, django_assert_max_num_queries):
    for _number in range(many):
        make_session(county, date(2026, 6, 1), [])
    browser = Client()
    browser.force_login(county["auditor"])
    with django_assert_max_num_queries(12):
        page = browser.get("/units/QS001/reconfirm/")
    assert len(page.context["rows"]) == many
    outsider = Client()
    outsider.force_login(county["approver"])
    assert outsider.get("/units/QS002/reconfirm/").status_code == 404


def test_a_roster_that_comes_in_asks_too(county):
    rows = [["姓名", "中心组职务", "任职起"], ["孙戊", "成员", "2026-04-01"]]
    browser = Client()
    browser.force_login(county["clerk"])
    file = SimpleUploadedFile("名册.xlsx", make_workbook(rows))
    address = browser.post("/units/QS001/roster/import/", {"file": file}).headers["Location"]
    assert "5月学习（已报送）：增加应到 孙戊" in browser.get(address).content.decode()
    browser.post(f"{address}take/")
    assert not RosterEntry.objects.filter(person__name="孙戊").exists()
    browser.post(f"{address}take/", {"agreed": "1"})
    assert [each.missing for each in mismatches(county.own, [2026])] == [("孙戊",)]
