"""Months, quarters, half-open spans and working days."""

import datetime as dt

import pytest

from reports.national_calendar import county_calendar, national_calendar
from reports.periods import (
    Month,
    Quarter,
    WorkingCalendar,
    Year,
    days_in_common,
    holds,
    parse_period,
)

D = dt.date


def test_a_month_ends_where_the_next_begins():
    assert [month.last.day for month in Year(2028).months][:2] == [31, 29]
    assert Month(9999, 12).last == D(9999, 12, 31)
    assert Month(2026, 12).next == Month(2027, 1)
    assert Month(2026, 1).previous == Month(2025, 12)


@pytest.mark.parametrize("key", ["2026", "2026-01", "2026-12", "2026-Q1", "2026-Q4"])
def test_a_period_is_read_back_from_its_key(key):
    assert parse_period(key).key == key


@pytest.mark.parametrize("key", ["", "2026-13", "2026-00", "2026-1", "2026-Q5", "２０２６年"])
def test_a_wrong_period_is_refused_with_a_sentence(key):
    with pytest.raises(ValueError, match="无法识别"):
        parse_period(key)


def test_quarters_cover_the_year():
    assert [quarter.first for quarter in Year(2026).quarters] == [
        D(2026, month, 1) for month in (1, 4, 7, 10)
    ]
    assert Quarter.of(D(2026, 3, 31)) == Quarter(2026, 1)
    assert Quarter(2026, 2).last == D(2026, 6, 30)
    assert Quarter(2026, 2).label == "2026年二季度"


@pytest.mark.parametrize(
    ("day", "inside"),
    [
        (D(2026, 1, 31), False),
        (D(2026, 2, 1), True),
        (D(2026, 2, 28), True),
        (D(2026, 3, 1), False),
    ],
)
def test_a_span_holds_its_start_and_not_its_end(day, inside):
    assert holds(D(2026, 2, 1), D(2026, 3, 1), day) is inside


def test_days_in_common_counts_each_day_once():
    spans = [
        (D(2026, 1, 1), D(2026, 1, 11)),
        (D(2026, 1, 6), D(2026, 1, 16)),
        (D(2026, 2, 1), D(2026, 2, 2)),
        (D(2026, 3, 2), D(2026, 3, 1)),
    ]
    assert days_in_common(spans) == 16


@pytest.mark.parametrize(
    ("start", "workdays", "end"),
    [
        (D(2026, 9, 30), 0, D(2026, 9, 30)),
        (D(2026, 10, 3), 0, D(2026, 10, 3)),
        (D(2026, 9, 30), 1, D(2026, 10, 8)),
        (D(2026, 9, 30), 3, D(2026, 10, 10)),  # a Saturday worked in exchange
        (D(2026, 2, 13), 1, D(2026, 2, 14)),
        (D(2026, 12, 31), 1, D(2027, 1, 1)),  # nobody has announced 2027
    ],
)
def test_national_working_days(start, workdays, end):
    assert national_calendar().add_workdays(start, workdays) == end


def test_negative_working_days_are_refused():
    with pytest.raises(ValueError, match="负数"):
        WorkingCalendar().add_workdays(D(2026, 1, 1), -1)


def test_the_county_has_the_last_word_on_a_date():
    calendar = county_calendar({D(2026, 10, 8): False, D(2026, 10, 1): True})
    assert not calendar.is_workday(D(2026, 10, 8))
    assert calendar.is_workday(D(2026, 10, 1))
    assert calendar.add_workdays(D(2026, 9, 30), 2) == D(2026, 10, 9)


def test_a_year_without_holidays_on_record_is_said_so():
    assert national_calendar().warning([2026]) == ""
    assert national_calendar().warning([2026, 2027]).startswith("2027年的法定节假日安排尚未收录")
    assert "2027" in county_calendar({D(2027, 1, 1): False}).warning([2027])
    assert county_calendar({D(2027, 1, 1): False}, complete_years=[2027]).warning([2027]) == ""
    assert WorkingCalendar().warning([2099]) == ""
