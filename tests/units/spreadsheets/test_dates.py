from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from units.spreadsheets.dates import (
    EXCEL_EPOCH,
    Context,
    Span,
    month_of,
    read_date,
    read_span,
    years_in,
)
from units.spreadsheets.problems import UnreadableError

FIFTH = date(2026, 3, 5)
YEAR = Context(2026)
DIGITS = str.maketrans("0123456789", "０１２３４５６７８９")
STYLES = {
    "excel date": lambda d: d,
    "excel date and time": lambda d: datetime.fromisoformat(f"{d.isoformat()}T14:30"),
    "serial": lambda d: (d - EXCEL_EPOCH).days,
    "serial as text": lambda d: str((d - EXCEL_EPOCH).days),
    "dashes": lambda d: d.isoformat(),
    "slashes": lambda d: f"{d.year}/{d.month}/{d.day}",
    "dots": lambda d: f"{d.year}.{d.month}.{d.day}",
    "dots, two digits": lambda d: f"{d:%Y.%m.%d}",
    "Chinese": lambda d: f"{d.year}年{d.month}月{d.day}日",
    "Chinese with blanks": lambda d: f" {d.year} 年 {d.month} 月 {d.day} 日 ",
    "full-width": lambda d: f"{d.year}年{d.month}月{d.day}日".translate(DIGITS),
    "month and day": lambda d: f"{d.month}月{d.day}日",
    "month and day, 号": lambda d: f"{d.month}月{d.day}号",
    "eight digits": lambda d: f"{d:%Y%m%d}",
    "with a time": lambda d: f"{d.isoformat()} 9:00",
    "with seconds": lambda d: f"{d.isoformat()} 14:30:00",
    "with hours": lambda d: f"{d.month}月{d.day}日 9:00-11:30",
    "with a weekday": lambda d: f"{d.year}年{d.month}月{d.day}日（星期四）",
}
days = st.dates(date(2000, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize("style", STYLES)
@given(day=days)
def test_any_day_in_any_style_reads_back(style, day):
    assert read_date(STYLES[style](day), Context(day.year)) == day


@given(day=days, length=st.integers(1, 20), style=st.sampled_from(["full", "short", "day"]))
def test_any_range_reads_back(day, length, style):
    end = day + timedelta(days=length)
    last = {
        "full": f"至{end.year}年{end.month}月{end.day}日",
        "short": f"-{end.month}月{end.day}日",
        "day": f"-{end.day}日",
    }[style]
    if style == "day" and end.month != day.month:
        return
    span = read_span(f"{day.year}年{day.month}月{day.day}日{last}")
    assert span == Span(day, end, 2 * (length + 1))


@pytest.mark.parametrize(
    ("text", "end", "half_days"),
    [
        ("3月5日", 5, None),
        ("3月5日上午", 5, 1),
        ("3月5日（下午）", 5, 1),
        ("3月5日全天", 5, 2),
        ("3月5日上午、下午", 5, 2),
        ("3月5日-7日", 7, 6),
        ("3月5-7日", 7, 6),
        ("2026.3.5-3.7", 7, 6),
        ("2026-03-05至2026-03-07", 7, 6),
        ("3月5日下午至7日上午", 7, 4),
        ("2026年3月5日（2天）", 6, 4),
        ("二〇二六年三月五日", 5, None),
        ("26年3月5日", 5, None),
    ],
)
def test_ledgers_words_for_length(text, end, half_days):
    assert read_span(text, YEAR) == Span(FIFTH, date(2026, 3, end), half_days)


def test_the_month_comes_from_the_month_column():
    assert read_date("5日", Context(2026, 3)) == FIFTH


def test_a_range_over_new_year_ends_in_the_next():
    assert read_span("12月30日-1月2日", YEAR).end == date(2027, 1, 2)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("", "没有填日期"),
        ("下周", "不是能识别的日期"),
        ("3月5日、3月7日", "不是能识别的日期"),
        ("2月30日", "没有 2026年2月30日"),
        ("13月1日", "没有 2026年13月1日"),
        ("3月7日-5日", "结束日期早于开始日期"),
        ("5日", "没有写月份"),
        (3.5, "不是日期"),
        (True, "不是能识别的日期"),
        (date(1900, 1, 1), "不合情理"),
    ],
)
def test_what_is_no_date_says_so(value, said):
    with pytest.raises(UnreadableError) as error:
        read_span(value, YEAR)
    assert said in error.value.message
    assert error.value.advice.endswith("。")


def test_a_year_that_nobody_names_is_asked_for():
    with pytest.raises(UnreadableError) as error:
        read_span("3月5日")
    assert "--year" in error.value.advice


def test_a_year_beyond_all_calendars_is_refused():
    with pytest.raises(UnreadableError, match="没有 99999999999年"):
        read_span("3月5日", Context(99999999999))


def test_a_range_is_no_single_day():
    with pytest.raises(UnreadableError, match="只能填一天"):
        read_date("3月5日-7日", YEAR)


@pytest.mark.parametrize(
    ("text", "month"),
    [("3月", 3), ("三月份", 3), ("十二月", 12), (3, 3), ("13月", None), ("春", None)],
)
def test_month_columns(text, month):
    assert month_of(text) == month


@pytest.mark.parametrize(
    ("title", "years"),
    [
        ("青石县2026年学习台账", {2026}),
        ("二〇二六年度", {2026}),
        ("2025—2026年", {2025, 2026}),
        ("制表日期：2027年1月5日", set()),
        ("12026", set()),
    ],
)
def test_years_in_titles(title, years):
    assert years_in(title) == years
