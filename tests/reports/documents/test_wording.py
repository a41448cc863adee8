"""What papers write: headings, dates, widths, and texts without what no paper can hold."""

from datetime import date

import pytest

from reports.documents.wording import (
    HeadingNumbers,
    clean,
    day_text,
    numeral,
    paragraphs_of,
    width_of,
)


@pytest.mark.parametrize(
    ("number", "text"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (99, "九十九")]
)
def test_numerals(number: int, text: str) -> None:
    assert numeral(number) == text


@pytest.mark.parametrize("number", [0, 100])
def test_numerals_end_somewhere(number: int) -> None:
    with pytest.raises(ValueError, match="1 to 99"):
        numeral(number)


def test_headings_start_anew_below_their_own() -> None:
    numbers = HeadingNumbers()
    levels = [1, 2, 3, 4, 4, 2, 3, 1, 2]
    assert [numbers.next(level) for level in levels] == [
        "一、", "（一）", "1. ", "（1）", "（2）", "（二）", "1. ", "二、", "（一）",
    ]  # fmt: skip


@pytest.mark.parametrize("level", [0, 5])
def test_a_heading_of_an_unknown_level_is_refused(level: int) -> None:
    with pytest.raises(ValueError, match="1 to 4"):
        HeadingNumbers().next(level)


def test_dates_have_no_leading_zero() -> None:
    assert day_text(date(2026, 3, 5)) == "2026年3月5日"


def test_a_narrow_sign_takes_half_the_width() -> None:
    assert width_of("2026年“学”") == 6


def test_control_characters_are_taken_out() -> None:
    assert clean("甲\x00\x0b乙\t丙\ud800\uffff\r\n丁") == "甲\n乙　丙\n丁"


def test_typed_indents_and_empty_lines_are_left_out() -> None:
    assert paragraphs_of("　　甲。\n\n  乙。　\n　") == ["甲。", "乙。"]
