"""How much of a text stands word for word in others.

Plain Python: texts in, stretches out. A run is a stretch of at least `RUN` identical letters,
punctuation and blanks ignored; the share of a text is the letters inside runs over all letters
that are compared. What `phrases.COMMON` finds is compared with nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, lru_cache
from typing import Final, NamedTuple

from reports.hints.comparing import Part
from reports.hints.texts import plain
from reports.similarity.phrases import COMMON

RUN: Final = 12
"""So many identical letters in a row are no chance: about two clauses of four characters."""

_SEED: Final = RUN // 2
"""A run of twelve holds a whole block of six, wherever blocks begin: only blocks are looked up."""

KEPT: Final = 2048
"""So many texts' letters are kept at hand: those of a county of 1,500 units, some 20 MB."""

_GAP: Final = "\n"
"""Stands in the letters for what is left out; no run crosses it."""


class Span(NamedTuple):
    """Letters from `start` up to `end`."""

    start: int
    end: int

    @property
    def length(self) -> int:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Letters:
    """What is compared of a text: its letters, and where in the text each stands."""

    text: str
    letters: str
    places: tuple[int, ...]
    compared: int

    def passage(self, span: Span) -> str:
        """The text as it was written, from the first letter of the span to its last."""
        return self.text[self.places[span.start] : self.places[span.end - 1] + 1]


@dataclass(frozen=True, slots=True)
class Likeness:
    """What of a text stands in others. ``spans`` are apart and in order."""

    spans: tuple[Span, ...]
    covered: int
    compared: int
    longest: Span | None

    @property
    def share(self) -> Fraction:
        """0 of a text without letters."""
        return Fraction(self.covered, self.compared) if self.compared else Fraction(0)


def letters_of(text: str) -> Letters:
    """The letters as `hints.texts.plain` folds them, a gap where a common phrase stood."""
    letters: list[str] = []
    places: list[int] = []
    at = 0
    for phrase in COMMON.finditer(text):
        _take(text, at, phrase.start(), letters, places)
        letters.append(_GAP)
        places.append(phrase.start())
        at = phrase.end()
    _take(text, at, len(text), letters, places)
    gaps = letters.count(_GAP)
    return Letters(text, "".join(letters), tuple(places), len(letters) - gaps)


@lru_cache(maxsize=KEPT)
def bare_letters(text: str) -> str:
    """The letters alone, for texts that are only looked at from another's side."""
    return _GAP.join(map(plain, COMMON.split(text)))


def _take(text: str, start: int, end: int, letters: list[str], places: list[int]) -> None:
    for place in range(start, end):
        for letter in _folded(text[place]):
            letters.append(letter)
            places.append(place)


@cache
def _folded(character: str) -> str:
    return plain(character)


class Matcher:
    """One text, ready to be compared with many."""

    def __init__(self, own: Letters) -> None:
        self.own = own
        self._blocks: dict[str, list[int]] = defaultdict(list)
        for at in range(len(own.letters) - _SEED + 1):
            self._blocks[own.letters[at : at + _SEED]].append(at)

    def runs(self, other: str) -> list[Span]:
        """The runs of the own text that stand in the other's letters; they may overlap."""
        found: list[Span] = []
        done: dict[int, int] = {}
        for there in range(0, len(other) - _SEED + 1, _SEED):
            for here in self._blocks.get(other[there : there + _SEED], ()):
                diagonal = here - there
                if done.get(diagonal, -1) > here:
                    continue
                span = self._grown(other, here, there)
                done[diagonal] = span.end
                if span.length >= RUN:
                    found.append(span)
        return found

    def compare(self, others: Iterable[str]) -> Likeness:
        """What of the own text stands in any of the others' letters."""
        return self.likeness([span for other in others for span in self.runs(other)])

    def likeness(self, runs: Sequence[Span]) -> Likeness:
        """Runs put together."""
        spans = merged(runs)
        covered = sum(span.length for span in spans)
        longest = max(runs, key=lambda span: (span.length, -span.start), default=None)
        return Likeness(tuple(spans), covered, self.own.compared, longest)

    def _grown(self, other: str, here: int, there: int) -> Span:
        """The longest run on both sides of a block that both texts have."""
        own = self.own.letters
        start, back = here, there
        while start and back and own[start - 1] == other[back - 1] != _GAP:
            start, back = start - 1, back - 1
        end, on = here, there
        while end < len(own) and on < len(other) and own[end] == other[on] != _GAP:
            end, on = end + 1, on + 1
        return Span(start, end)


def merged(spans: Iterable[Span]) -> list[Span]:
    """Spans in order, what overlaps or touches put together."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return found


def parts(letters: Letters, spans: Sequence[Span], start: int, end: int) -> list[Part]:
    """The text between two places in parts, those of the spans told apart."""
    told: list[Part] = []
    at = start
    for span in spans:
        first = max(letters.places[span.start], start)
        last = min(letters.places[span.end - 1] + 1, end)
        if first >= last:
            continue
        told += [Part(letters.text[at:first], False), Part(letters.text[first:last], True)]
        at = last
    told.append(Part(letters.text[at:end], False))
    return [part for part in told if part.text]
