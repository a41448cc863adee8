"""Two texts side by side, what they have in common told apart."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Final, NamedTuple

MOST_INSIDE: Final = 250_000
"""Characters of one passage times those of the other; longer ones are not looked into."""

SHORTEST_COMMON: Final = 2
_CLAUSES = re.compile(r"[^，。；！？、：,.;!?:\n]*[，。；！？、：,.;!?:\n]?")


class Part(NamedTuple):
    """A stretch of a text."""

    text: str
    is_same: bool


def side_by_side(one: str, other: str) -> tuple[list[Part], list[Part]]:
    """Both texts in parts; `is_same` where the other has it too, in the same order.

    By clauses first, then by characters within what differs: a whole report in no time.
    """
    left, right = _clauses(one), _clauses(other)
    parts: tuple[list[Part], list[Part]] = ([], [])
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    for tag, *ends in matcher.get_opcodes():
        here, there = "".join(left[ends[0] : ends[1]]), "".join(right[ends[2] : ends[3]])
        found = [(here, there, True)] if tag == "equal" else _within(here, there)
        for mine, yours, is_same in found:
            _add(parts[0], mine, is_same=is_same)
            _add(parts[1], yours, is_same=is_same)
    return parts


def _clauses(text: str) -> list[str]:
    return [clause for clause in _CLAUSES.findall(text) if clause]


def _within(one: str, other: str) -> Iterator[tuple[str, str, bool]]:
    if len(one) * len(other) > MOST_INSIDE:
        yield one, other, False
        return
    for tag, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        yield one[a:b], other[c:d], tag == "equal" and b - a >= SHORTEST_COMMON


def _add(parts: list[Part], text: str, *, is_same: bool) -> None:
    if not text:
        return
    if parts and parts[-1].is_same == is_same:
        text = parts.pop().text + text
    parts.append(Part(text, is_same))
