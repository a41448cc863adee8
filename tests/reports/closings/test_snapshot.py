"""Whatever is changed after a closing, workbook and mails of the month stay what they were."""

import pytest

from reports.closing import intact
from reports.emails.compose import compose
from reports.models import CalendarDay, Delivery, MailRun
from reports.periods import Month
from tests.reports.closings import make
from tests.reports.closings.make import JUNE, close, mailed, make_study, printed, queue, reopen
from tests.reports.mail import make_unit
from units.models import Unit

pytestmark = pytest.mark.django_db

CHANGES = [
    make.change_sessions,
    make.change_attendance,
    make.change_roster,
    make.change_units,
    make.change_topics,
    make.change_rules,
]


@pytest.mark.parametrize("change", CHANGES)
def test_the_workbook_of_a_closed_month_stays_what_it_was(change, tmp_path):
    root = make_study()
    closing = close(root)
    live, closed = printed(root, None, tmp_path), printed(root, closing, tmp_path)
    change()
    closing.refresh_from_db()
    assert printed(root, closing, tmp_path) == closed
    assert printed(root, None, tmp_path) != live
    assert intact(closing)


def test_a_workbook_printed_at_once_says_the_same_as_todays_records(tmp_path):
    root = make_study()
    closed, live = printed(root, close(root), tmp_path), printed(root, None, tmp_path)
    for sheets in (closed, live):
        basis = sheets.pop("口径说明")
        assert len(basis) > 40
    assert closed == live


@pytest.mark.parametrize("change", CHANGES)
def test_the_mails_of_a_closed_month_stay_what_they_were(change):
    root = make_study()
    close(root)
    queue(root)
    before = mailed()
    assert set(before) == {"QS", "QS001", "QS002"}
    assert "必学内容《必学一》" in before["QS001"][0]
    change()
    assert mailed() == before


@pytest.mark.parametrize(
    "change", [make.change_sessions, make.change_attendance, make.change_units, make.change_topics]
)
def test_the_mails_of_an_open_month_follow_the_records(change):
    queue(make_study())
    before = mailed()
    change()
    assert mailed() != before


def test_working_days_learnt_later_do_not_move_a_closed_months_deadlines(tmp_path):
    root = make_study()
    closing = close(root)
    queue(root)
    mails, sheets = mailed(), printed(root, closing, tmp_path)
    for day in range(1, 10):
        CalendarDay.objects.create(date=f"2026-07-0{day}", is_workday=False)
    assert printed(root, closing, tmp_path) == sheets
    assert mailed() == mails
    assert printed(root, None, tmp_path)["未达标与预警"] != sheets["未达标与预警"]


def test_mails_queued_before_a_closing_speak_of_the_records_as_announced():
    root = make_study()
    queue(root)
    close(root)
    assert MailRun.objects.get().closing is None
    assert "该月尚未封账" in mailed()["QS001"][0]


def test_a_part_of_the_county_is_printed_under_the_name_it_had(tmp_path):
    root = make_study()
    unit = Unit.objects.get(code="QS001")
    closing = close(root)
    before = printed(unit, closing, tmp_path)
    Unit.objects.filter(pk=unit.pk).update(parent=None, path="MOVED/QS001/")
    make.change_units()
    unit.refresh_from_db()
    assert printed(unit, closing, tmp_path) == before
    assert [row[1] for row in before["汇总表"][3:]] == ["QS001单位"]


def test_a_unit_founded_after_the_closing_is_in_none_of_it(tmp_path):
    root = make_study()
    closing = close(root)
    before = printed(root, closing, tmp_path)
    make_unit("QS003", parent=root)
    assert printed(root, closing, tmp_path) == before
    assert len(printed(root, None, tmp_path)["汇总表"]) == len(before["汇总表"]) + 1


def test_a_month_closed_anew_prints_what_is_on_record_then(tmp_path):
    root = make_study()
    first = close(root)
    before = printed(root, first, tmp_path)
    reopen(first)
    make.change_attendance()
    second = close(root)
    assert printed(root, second, tmp_path) != before
    first.refresh_from_db()
    assert printed(root, first, tmp_path) == before
    assert intact(first)
    assert intact(second)
    assert Month.parse(second.month) == JUNE


def test_a_unit_that_owed_nothing_at_closing_gets_no_mail_of_it():
    root = make_study()
    close(root)
    queue(root)
    late = make_unit("QS003", parent=root)
    run = MailRun.objects.get()
    delivery = Delivery.objects.filter(unit__code="QS001").get()
    Delivery.objects.filter(pk=delivery.pk).update(unit=late)
    found = compose([delivery.pk])[delivery.pk]
    assert isinstance(found, LookupError)
    assert run.closing is not None
