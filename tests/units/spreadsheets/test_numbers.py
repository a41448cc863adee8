import pytest

from units.spreadsheets.numbers import read_count, read_half_days
from units.spreadsheets.problems import UnreadableError


@pytest.mark.parametrize("value", [12, 12.0, "12", "１２", "12人", "共12人", " 12 "])
def test_counts(value):
    assert read_count(value) == 12


@pytest.mark.parametrize("value", ["十二", 12.5, -1, True, "约一半", ""])
def test_what_is_no_count_says_so(value):
    with pytest.raises(UnreadableError, match="不是整数"):
        read_count(value)


@pytest.mark.parametrize(
    ("value", "half_days"),
    [
        (0.5, 1),
        ("0.5", 1),
        ("半天", 1),
        (1, 2),
        ("1天", 2),
        ("一天半", 3),
        ("1.5天", 3),
        ("两天", 4),
    ],
)
def test_durations(value, half_days):
    assert read_half_days(value) == half_days


@pytest.mark.parametrize("value", [0, 0.3, -1, "几天", 31, True])
def test_what_is_no_duration_says_so(value):
    with pytest.raises(UnreadableError, match="天数"):
        read_half_days(value)
