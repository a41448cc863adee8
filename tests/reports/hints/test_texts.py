"""How alike texts are, near-same ones found by their bands, both shown side by side."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.hints.comparing import side_by_side
from reports.hints.texts import BANDS, bands, plain, shingles, similarity
from tests.reports.hints.make import TEXT


def runs(text: str) -> frozenset[str]:
    return shingles(plain(text))


@pytest.mark.parametrize(
    ("one", "other", "share"),
    [
        ("一二三四五", "一二三四五", Fraction(1)),
        ("一二三四五", "一二三四六", Fraction(1, 2)),
        ("一二三四五", "六七八九十", Fraction(0)),
        ("ＡＢＣＤ１ 一", "abcd1，一。", Fraction(1)),
        ("", "", Fraction(0)),
    ],
)
def test_similarity(one, other, share):
    assert similarity(runs(one), runs(other)) == share


def test_five_changes_in_two_hundred_characters_are_nine_tenths():
    text = "".join(chr(0x4E00 + number) for number in range(200))
    changed = "".join("㐀" if place % 40 == 20 else sign for place, sign in enumerate(text))
    assert round(float(similarity(runs(text), runs(changed))), 2) == 0.9


def test_near_same_texts_share_a_band_and_others_do_not():
    keys = bands(runs(TEXT))
    assert len(keys) == BANDS
    assert set(zip(range(BANDS), keys, strict=True)) & set(enumerate(bands(runs(TEXT[6:]))))
    other = "本月开展了警示教育，通报典型案例，逐一对照检查，并签订廉政承诺书。" * 4
    assert not set(enumerate(keys)) & set(enumerate(bands(runs(other))))
    assert bands([]) == []


@given(st.text(max_size=200), st.text(max_size=200))
def test_parts_side_by_side_are_both_texts_and_what_is_the_same_is(one, other):
    parts = side_by_side(one, other)
    assert ["".join(part.text for part in side) for side in parts] == [one, other]
    common = ["".join(part.text for part in side if part.is_same) for side in parts]
    assert common[0] == common[1]


def test_small_changes_inside_a_clause_are_told_apart():
    left, right = side_by_side(TEXT, TEXT.replace("三位同志", "两位同志"))
    assert [part.text for part in left if not part.is_same] == ["三"]
    assert [part.text for part in right if not part.is_same] == ["两"]
