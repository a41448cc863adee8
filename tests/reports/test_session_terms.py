"""What the published rules tell the room of study sessions."""

import datetime as dt

import pytest

from reports.closing import close_month
from reports.periods import Month
from sessions.recording.terms import Terms, terms_of
from tests.reports.records import at, make_root, make_rules, make_unit

pytestmark = pytest.mark.django_db

DAY = dt.date(2026, 9, 29)


def terms(unit, today: str = "2026-10-20") -> Terms:
    return terms_of(unit, DAY, DAY, dt.date.fromisoformat(today))


def test_without_published_rules_the_national_floor_stands():
    assert terms(make_unit()) == Terms()


def test_five_working_days_run_over_the_holidays():
    make_rules(min_speakers=3)
    # 30 September, 8 and 9 October, Saturday the 10th worked in exchange, Monday the 12th.
    assert terms(make_unit()) == Terms(min_speakers=3, report_by=dt.date(2026, 10, 12))


def test_a_closed_month_is_told_of():
    make_rules()
    unit = make_unit()
    close_month(root=make_root(), month=Month(2026, 9), at=at("2026-10-09"), by=None)
    assert terms(unit).is_closed
