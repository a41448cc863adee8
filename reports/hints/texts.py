"""How alike two texts are, and how to find those that are without comparing each with each.

Plain Python: texts in, figures out.
"""

import unicodedata
from collections.abc import Iterable
from fractions import Fraction
from hashlib import blake2b
from typing import Final

SHINGLE: Final = 4
"""A text is seen as the set of its runs of so many characters."""

BANDS: Final = 16
ROWS: Final = 6
"""Texts as alike as 9 in 10 (`similarity`) share a whole band with a probability above 99 %;
of texts that share a fifth of their runs one pair in a thousand does."""

_BINS: Final = BANDS * ROWS
_KEY_BYTES: Final = 5


def plain(text: str) -> str:
    """The text without what a copyist changes in passing: blanks, punctuation, width, case."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(filter(str.isalnum, folded))


def shingles(text: str) -> frozenset[str]:
    """The runs of four characters of a plain text."""
    return frozenset(text[at : at + SHINGLE] for at in range(len(text) - SHINGLE + 1))


def similarity(one: frozenset[str], other: frozenset[str]) -> Fraction:
    """相似度: twice the runs both texts have, over the runs of one and of the other (Dice).

    1 for texts that differ at most in blanks and punctuation, 0 for texts without a run in
    common. One changed character touches four runs: of 200 characters, five changed here and
    there leave 90 %.
    """
    if not one or not other:
        return Fraction(0)
    return Fraction(2 * len(one & other), len(one) + len(other))


def bands(runs: Iterable[str]) -> list[str]:
    """Keys under which near-same texts meet: MinHash in one permutation, cut into bands.

    Each run falls into a bin by its hash; the least of each bin stays, and an empty bin takes
    that of the next one (Li, Owen, Zhang 2012; Shrivastava, Li 2014). Two texts agree in a bin
    with the probability that a run of theirs is common to both (Jaccard). No runs, no keys.
    """
    least: list[int | None] = [None] * _BINS
    for run in runs:
        value, place = divmod(_number(run), _BINS)
        held = least[place]
        if held is None or value < held:
            least[place] = value
    filled = _filled(least)
    groups = (filled[at : at + ROWS] for at in range(0, len(filled), ROWS))
    return [_digest(repr(group).encode(), _KEY_BYTES).hex() for group in groups]


def _filled(least: list[int | None]) -> list[int]:
    """Each bin's value, or that of the next bin that has one."""
    following = next((value for value in least if value is not None), None)
    if following is None:
        return []
    filled = []
    for value in reversed(least):
        following = following if value is None else value
        filled.append(following)
    return filled[::-1]


def _number(run: str) -> int:
    return int.from_bytes(_digest(run.encode(), 8), "big")


def _digest(said: bytes, size: int) -> bytes:
    return blake2b(said, digest_size=size).digest()
