import random
from fractions import Fraction

import pytest

from reports.similarity.matcher import (
    RUN,
    Matcher,
    Span,
    bare_letters,
    letters_of,
    merged,
    parts,
)

DOZEN = "甲乙丙丁戊己庚辛壬癸子丑"
OTHER = "天地玄黄宇宙洪荒日月盈昃"


def likeness(own: str, *others: str):
    return Matcher(letters_of(own)).compare(map(bare_letters, others))


@pytest.mark.parametrize(
    ("own", "other", "covered", "longest"),
    [
        (DOZEN, DOZEN, 12, 12),
        (DOZEN, DOZEN[:11] + "寅", 0, 0),
        (DOZEN[1:], DOZEN[1:], 0, 0),
        (f"寅{DOZEN}卯", f"辰{DOZEN}巳", 12, 12),
        (DOZEN, "甲乙丙，丁戊己 庚辛。壬癸\n子丑", 12, 12),
        ("ＡＢＣＤＥＦＧＨＩＪＫＬ", "abcdefghijkl", 12, 12),
        (f"{DOZEN}寅{OTHER}", f"{OTHER}卯{DOZEN}", 24, 12),
        (f"{DOZEN}{OTHER}", f"{DOZEN}{OTHER}", 24, 24),
        (DOZEN + DOZEN, DOZEN, 24, 12),
        (DOZEN, DOZEN + DOZEN, 12, 12),
        ("", DOZEN, 0, 0),
        (DOZEN, "", 0, 0),
    ],
)
def test_runs_of_twelve_letters_count(own, other, covered, longest):
    found = likeness(own, other)
    assert (found.covered, found.longest.length if found.longest else 0) == (covered, longest)


@pytest.mark.parametrize("phrase", ["《习近平谈治国理政第四卷学习纲要》", "党的二十大精神"])
def test_names_of_papers_and_meetings_neither_count_nor_join(phrase):
    own = letters_of(f"{DOZEN}{phrase}")
    assert own.compared == len(DOZEN)
    assert (
        likeness(f"甲乙丙丁戊己{phrase}庚辛壬癸子丑", f"甲乙丙丁戊己{phrase}庚辛壬癸子丑").covered
        == 0
    )
    assert likeness(f"{DOZEN}{phrase}", f"{DOZEN}{phrase}").covered == 12


def test_a_likeness_of_230_in_1093_letters_is_21_percent():
    """The measure by which two real reports were found to be cloned."""
    draw = random.Random(7)
    words = [chr(code) for code in range(0x4E00, 0x9000)]
    draw.shuffle(words)
    own, other = "".join(words[:1093]), words[2000:3000]
    for start, length in ((0, 85), (200, 100), (500, 45)):
        other[start:start] = own[start : start + length]
    found = likeness(own, "".join(other))
    assert (found.covered, found.compared) == (230, 1093)
    assert round(found.share * 100) == 21
    assert found.share == Fraction(230, 1093)


@pytest.mark.parametrize("seed", range(30))
def test_runs_are_those_that_trying_every_stretch_finds(seed):
    draw = random.Random(seed)
    own, other = ("".join(draw.choices("甲乙", k=120)) for _ in range(2))
    wanted = {
        place
        for start in range(len(own) - RUN + 1)
        if own[start : start + RUN] in other
        for place in range(start, start + RUN)
    }
    spans = likeness(own, other).spans
    assert {place for span in spans for place in range(*span)} == wanted
    longest = max(
        (
            end - start
            for start in range(len(own))
            for end in range(start + RUN, len(own) + 1)
            if own[start:end] in other
        ),
        default=0,
    )
    found = likeness(own, other).longest
    assert (found.length if found else 0) == longest


def test_several_others_are_put_together():
    found = likeness(f"{DOZEN}寅{OTHER}", DOZEN, OTHER)
    assert (found.covered, len(found.spans)) == (24, 2)
    assert merged([Span(5, 9), Span(0, 3), Span(3, 6)]) == [Span(0, 9)]


def test_the_passage_is_as_it_was_written_and_parts_make_the_whole_text():
    text = f"前言。甲乙丙，{DOZEN[3:]}。“后面”《条例》"
    own = letters_of(text)
    found = Matcher(own).compare([DOZEN])
    assert found.longest is not None
    assert own.passage(found.longest) == f"甲乙丙，{DOZEN[3:]}"
    told = parts(own, found.spans, 0, len(text))
    assert "".join(part.text for part in told) == text
    assert [part.text for part in told if part.is_same] == [f"甲乙丙，{DOZEN[3:]}"]
    assert parts(own, found.spans, 0, 5) == [("前言。", False), ("甲乙", True)]


def test_letters_are_the_same_with_and_without_their_places():
    text = "ＡＢ，《条例》（二）é党的二十大精神①\n后"
    assert letters_of(text).letters == bare_letters(text)
