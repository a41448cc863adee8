"""Texts as a paper can hold them, and the numbers papers are cited by."""

import re
from datetime import date

# What XML refuses, and what no printer shows: control characters, half surrogate pairs.
_UNWRITABLE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_LINE_BREAK = re.compile("\r\n?|[\x0b\x0c\u2028\u2029]")
_DIGITS = "〇一二三四五六七八九"
_INDENT = " \u3000"
# A character that is as wide as a letter of Latin takes half the width of a Chinese one.
_LAST_NARROW = 0x2E7F
# Quotation marks, dashes, dots and the like are set full width in Chinese papers.
_WIDE_SIGNS = frozenset("“”‘’—…·×÷§①②③④⑤⑥⑦⑧⑨⑩")


def clean(text: str) -> str:
    """The text without control characters; a tab is a full-width space, line breaks are \\n."""
    return _UNWRITABLE.sub("", _LINE_BREAK.sub("\n", text).replace("\t", "\u3000"))


def paragraphs_of(text: str) -> list[str]:
    """The paragraphs of a text, without the indent people type and without empty ones."""
    return [line for line in (part.strip(_INDENT) for part in clean(text).split("\n")) if line]


def width_of(text: str) -> float:
    """Width in full-width characters: a Chinese character is 1, a letter or digit ½."""
    return sum(1.0 if ord(sign) > _LAST_NARROW or sign in _WIDE_SIGNS else 0.5 for sign in text)


def numeral(number: int) -> str:
    """1 → 一, 10 → 十, 21 → 二十一. Raises ValueError outside 1 … 99."""
    if not 1 <= number <= 99:
        raise ValueError("Headings are numbered from 1 to 99.")
    tens, ones = divmod(number, 10)
    ten = "" if not tens else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return ten + (_DIGITS[ones] if ones else "")


def day_text(day: date) -> str:
    """A date as papers write it: Arabic digits, no leading 0 (GB/T 9704-2012, 7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日"


class HeadingNumbers:
    """Counts headings: 一、 （一） 1. （1）; a heading starts the levels below it anew."""

    DEEPEST = 4

    def __init__(self) -> None:
        self._counts = [0] * self.DEEPEST

    def next(self, level: int) -> str:
        """The number of the next heading of this level, 1 … 4; else ValueError."""
        if not 1 <= level <= self.DEEPEST:
            raise ValueError("A heading has a level from 1 to 4.")
        self._counts[level - 1] += 1
        self._counts[level:] = [0] * (self.DEEPEST - level)
        number = self._counts[level - 1]
        return (
            f"{numeral(number)}、" if level == 1
            else f"（{numeral(number)}）" if level == 2
            else f"{number}. " if level == 3
            else f"（{number}）"
        )  # fmt: skip
