import pytest

from units.access.numbers import sent_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0),
        ("2026", 2026),
        ("٣", 3),
        ("9" * 18, 10**18 - 1),
        ("9" * 19, None),
        ("9" * 5000, None),
        ("", None),
        ("-1", None),
        ("1.0", None),
        (" 1", None),
        ("²", None),
        ("1\0", None),
        ("abc", None),
    ],
)
def test_only_what_could_be_an_id_is_a_number(text, number):
    assert sent_number(text) == number
