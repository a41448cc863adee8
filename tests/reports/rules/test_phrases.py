"""Small words of results: names and numbers."""

import pytest

from reports.rules.phrases import in_title_marks, percent, plain_number


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("全会精神", "《全会精神》"),
        ("《统计法》", "《统计法》"),
        ("学习《统计法》", "学习《统计法》"),
    ],
)
def test_a_name_has_title_marks_once(name, words):
    assert in_title_marks(name) == words


@pytest.mark.parametrize(
    ("value", "words"), [(3.5, "3.5"), (4.0, "4"), (144000.5, "144000.5"), (1_000_000.0, "1000000")]
)
def test_a_countys_days_are_told_in_full(value, words):
    assert plain_number(value) == words


@pytest.mark.parametrize(
    ("numerator", "base", "words"),
    [(8996, 10000, "89.96%"), (89, 99, "89.90%"), (29, 32, "90.63%"), (0, 0, "—")],
)
def test_rates_are_rounded_half_up(numerator, base, words):
    assert percent(numerator, base) == words
