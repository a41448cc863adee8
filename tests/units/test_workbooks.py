import pytest

from units.workbooks import safe_name


@pytest.mark.parametrize(
    ("name", "ending", "safe"),
    [
        ("甲局名册", ".xlsx", "甲局名册.xlsx"),
        ("甲局名册.xlsx", ".xlsx", "甲局名册.xlsx"),
        ("甲/局:", ".docx", "甲_局_.docx"),
        (" .甲局. ", "台账-2026-06.xlsx", "甲局台账-2026-06.xlsx"),
    ],
)
def test_a_name_is_safe_on_every_disk(name, ending, safe):
    assert safe_name(name, ending) == safe


@pytest.mark.parametrize("sign", ["县", "a", "𠮷"])
def test_what_is_too_long_is_cut_before_the_ending(sign):
    name = safe_name(sign * 300, "台账-2026-06.xlsx")
    assert len(name) <= 207
    assert len(name.encode()) <= 240
    assert name.endswith(f"{sign}台账-2026-06.xlsx")
